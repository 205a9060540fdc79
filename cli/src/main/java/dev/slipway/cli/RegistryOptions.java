package dev.slipway.cli;

import dev.slipway.cli.wiring.RunningLocalEcr;
import dev.slipway.cli.wiring.StandIn;
import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.foundation.http.HttpTransport;
import dev.slipway.registry.RegistryMap;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where registries are found. */
final class RegistryOptions {
    static final String IN_PROCESS = "";

    @Option(
            names = "--registry-map",
            paramLabel = "HOST=URL",
            description = "find the registry HOST at URL, whose path goes before the repository's name (repeatable)")
    private List<String> registryMap = new ArrayList<>();

    @Option(
            names = "--local-ecr",
            arity = "0..1",
            paramLabel = "URL",
            fallbackValue = IN_PROCESS,
            preprocessor = OnlyAttached.class,
            description = "let a stand-in take the place of ECR: the one running at URL, or one for this command alone")
    private Optional<String> localEcr = Optional.empty();

    /** @throws InvalidInputException if an entry is not {@code HOST=URL} */
    RegistryMap map() {
        return mapOf(registryMap);
    }

    /** @throws InvalidInputException if an entry is not {@code HOST=URL} */
    static RegistryMap mapOf(List<String> entries) {
        try {
            return RegistryMap.parse(entries);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(new Problem("", "--registry-map", String.valueOf(e.getMessage()), ""));
        }
    }

    /**
     * The stand-in that the user wants.
     *
     * @param repositories what one that is started for this command begins with
     * @throws InvalidInputException if the URL cannot be one of a stand-in
     */
    StandIn standIn(Surroundings surroundings, HttpTransport transport, List<String> repositories, EventSink events) {
        if (localEcr.isEmpty()) {
            return StandIn.absent();
        }
        if (!localEcr.get().equals(IN_PROCESS)) {
            URI address = standInAddress(localEcr.get());
            return StandIn.at(address, new RunningLocalEcr(transport, address, surroundings.clock()));
        }
        StandIn started = StandIn.start(surroundings, repositories);
        events.accept(new Event.Note("local ECR at " + started.uri().orElseThrow() + " for this run alone, with "
                + (repositories.isEmpty() ? "no repository" : "repository " + String.join(", ", repositories))));
        return started;
    }

    /** Reads the address of a stand-in, as {@code slipway local-ecr} prints it. */
    static URI standInAddress(String text) {
        Problem problem = Problem.of("'" + text + "' is not the address of a local ECR")
                .remedy("give what slipway local-ecr printed, e.g. http://127.0.0.1:5000");
        try {
            URI address = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (!"http".equals(address.getScheme())
                    || address.getHost() == null
                    || !address.getPath().isEmpty()) {
                throw new InvalidInputException(problem);
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(problem.because(String.valueOf(e.getMessage())));
        }
    }

    /** Takes a value only from {@code --local-ecr=URL}: in {@code --local-ecr .} the dot is the context. */
    static final class OnlyAttached implements IParameterPreprocessor {
        @Override
        public boolean preprocess(Stack<String> left, CommandSpec command, ArgSpec option, Map<String, Object> how) {
            if (" ".equals(how.get("separator"))) {
                left.push(IN_PROCESS);
            }
            return false;
        }
    }
}
