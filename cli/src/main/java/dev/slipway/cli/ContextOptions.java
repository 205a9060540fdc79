package dev.slipway.cli;

import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.engine.request.SourceSettings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is built from. */
final class ContextOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "CONTEXT",
            defaultValue = ".",
            description = "directory that COPY and ADD read; the current directory by default")
    private Path context = Path.of(".");

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "the Dockerfile; CONTEXT/Dockerfile by default")
    private Optional<Path> file = Optional.empty();

    SourceSettings settings(Surroundings surroundings) {
        Path directory = surroundings.resolve(context);
        return new SourceSettings(
                directory,
                file.map(surroundings::resolve).orElse(directory.resolve("Dockerfile")),
                file.orElse(context.resolve("Dockerfile")).normalize().toString());
    }
}
