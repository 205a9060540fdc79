package dev.slipway.cli;

import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.engine.request.Definition;
import dev.slipway.image.model.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the Dockerfile is to mean. */
final class DefinitionOptions {
    private static final String EPOCH = "SOURCE_DATE_EPOCH";

    @Option(
            names = "--build-arg",
            paramLabel = "KEY[=VALUE]",
            description = "value for ARG; without VALUE that of the environment (repeatable)")
    private List<String> buildArgs = new ArrayList<>();

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "label of the image (repeatable)")
    private List<String> labels = new ArrayList<>();

    @Option(names = "--target", paramLabel = "STAGE", description = "stage to build; the last one by default")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "what the image is for; this machine's platform by default")
    private Platform platform = Platform.host();

    @Option(
            names = "--reproducible",
            description = "let no time after SOURCE_DATE_EPOCH, else 1970, get into the image")
    private boolean reproducible;

    Definition definition(Surroundings surroundings) {
        Map<String, String> arguments =
                new LinkedHashMap<>(Assignments.orFromEnvironment("--build-arg", buildArgs, surroundings));
        Optional<String> named = surroundings.variable(EPOCH).filter(text -> !text.matches("[-+]?[0-9]+"));
        named.ifPresent(
                text -> arguments.putIfAbsent(EPOCH, text)); // of a context or a stage: the Dockerfile says which
        return new Definition(
                target,
                arguments,
                Assignments.of("--label", labels),
                platform,
                named.isPresent() ? Optional.empty() : surroundings.sourceDateEpoch(),
                reproducible);
    }
}
