package dev.slipway.cli;

import static java.util.Objects.requireNonNull;

import dev.slipway.cli.wiring.RunningLocalEcr;
import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.cli.wiring.Workshop;
import dev.slipway.foundation.error.ExitStatus;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.localecr.LocalEcr;
import dev.slipway.localecr.LocalEcrOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code slipway local-ecr}. */
@Command(
        name = "local-ecr",
        description = "Runs a stand-in for Amazon ECR on loopback until it is stopped.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "It speaks the registry protocol and the ECR and STS APIs that Slipway uses, and refuses what",
            "ECR refuses: a push to a repository that does not exist, a request without a token.",
            "",
            "Examples:",
            "  slipway local-ecr --port 5000 --repository team/app",
            "  slipway run step.yaml --local-ecr=http://127.0.0.1:5000",
            "  slipway local-ecr --print-token --url http://127.0.0.1:5000 > token",
            "  skopeo inspect --tls-verify=false --creds \"AWS:$(cat token)\" \\",
            "    docker://127.0.0.1:5000/team/app:latest"
        })
final class LocalEcrCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "port of the registry and the APIs; any free one by default")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where images and tokens are kept; by default local-ecr in Slipway's state directory")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--repository", paramLabel = "NAME", description = "create this repository (repeatable)")
    private List<String> repositories = new ArrayList<>();

    @Option(names = "--print-token", description = "print a password for user AWS of the stand-in at --url, and end")
    private boolean printToken;

    @Option(names = "--url", paramLabel = "URL", description = "address of a running stand-in")
    private Optional<String> url = Optional.empty();

    LocalEcrCommand(Surroundings surroundings) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
    }

    @Override
    public Integer call() {
        if (printToken || url.isPresent()) {
            surroundings.out().println(password().reveal());
            return ExitStatus.DONE.code();
        }
        Path directory = data.map(surroundings::resolve)
                .orElseGet(() -> surroundings.stateDirectory().resolve("local-ecr"));
        try (LocalEcr running = LocalEcr.start(LocalEcrOptions.in(directory, surroundings.clock())
                .withPort(port)
                .withRepositories(repositories))) {
            running.describe().forEach(surroundings.out()::println);
            awaitStop();
        }
        return ExitStatus.DONE.code();
    }

    private Secret password() {
        URI address = url.filter(_ -> printToken)
                .map(RegistryOptions::standInAddress)
                .orElseThrow(() -> new InvalidInputException(Problem.of("--print-token and --url go together")));
        try (Workshop workshop = Workshop.open(surroundings, Version.number(), EventSink.NONE)) {
            return new RunningLocalEcr(workshop.transport(), address, surroundings.clock()).get();
        }
    }

    private static void awaitStop() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            // how it is told to stop; the interrupt is used up, so that closing may wait
        }
    }
}
