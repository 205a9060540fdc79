package dev.slipway.cli;

import static java.util.Objects.requireNonNull;

import dev.slipway.cli.progress.PlainProgress;
import dev.slipway.cli.report.CheckJson;
import dev.slipway.cli.report.CheckSarif;
import dev.slipway.cli.report.CheckText;
import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.cli.wiring.Workshop;
import dev.slipway.dockerfile.lint.LintReport;
import dev.slipway.engine.check.CheckRequest;
import dev.slipway.engine.check.CheckedFile;
import dev.slipway.engine.check.DockerfileCheck;
import dev.slipway.foundation.error.ExitStatus;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.image.model.Platform;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.auth.Keychain;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway check}. */
@Command(
        name = "check",
        description = "Checks a Dockerfile without building it: its syntax, and the rules of docker build --check.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "A comment at the top of the file, or right above one instruction, leaves rules out:",
            "# check=skip=RULE,RULE. At the top, # check=error=true makes findings errors.",
            "",
            "Examples:",
            "  slipway check .",
            "  slipway check --parse-only -f build/Dockerfile",
            "  slipway check --format sarif . > check.sarif",
            "",
            "Exit status: 0 checked, findings or not; 2 the file cannot be built, or it has findings and",
            "wants them to be errors."
        })
final class CheckCommand implements Callable<Integer> {
    private final Surroundings surroundings;

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

    @Option(
            names = "--build-arg",
            paramLabel = "KEY[=VALUE]",
            description = "value for ARG; without VALUE that of the environment (repeatable)")
    private List<String> buildArgs = new ArrayList<>();

    @Option(names = "--target", paramLabel = "STAGE", description = "check what this stage needs; all by default")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "what the image is for; this machine's platform by default")
    private Platform platform = Platform.host();

    @Option(names = "--format", paramLabel = "text|json|sarif", description = "text for people, by default")
    private Format format = Format.TEXT;

    @Option(names = "--parse-only", description = "check the syntax alone")
    private boolean parseOnly;

    @Option(
            names = "--offline",
            description = "do not ask registries for the variables, shell and platform of base images")
    private boolean offline;

    @Option(
            names = "--registry-map",
            paramLabel = "HOST=URL",
            description = "find the registry HOST at URL, whose path goes before the repository's name (repeatable)")
    private List<String> registryMap = new ArrayList<>();

    CheckCommand(Surroundings surroundings) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
    }

    @Override
    public Integer call() {
        CheckRequest request = request();
        RegistryMap map = RegistryOptions.mapOf(registryMap);
        CheckedFile checked = parseOnly ? DockerfileCheck.syntax(request) : checked(request, map);
        show(request, checked);
        LintReport report = checked.report();
        boolean failed = !report.faults().isEmpty() || report.violation().isPresent();
        return (failed ? ExitStatus.INVALID_INPUT : ExitStatus.DONE).code();
    }

    private CheckedFile checked(CheckRequest request, RegistryMap map) {
        EventSink events = new PlainProgress(surroundings.err(), System::nanoTime);
        if (offline) {
            return DockerfileCheck.offline(events).check(request);
        }
        try (Workshop workshop = Workshop.open(surroundings, Version.number(), events)) {
            Keychain keychain =
                    Keychain.firstOf(List.of(workshop.dockerConfiguration(), workshop.ecrFromEnvironment()));
            return DockerfileCheck.asking(workshop.images(map, keychain), events)
                    .check(request);
        }
    }

    private void show(CheckRequest request, CheckedFile checked) {
        PrintStream out = surroundings.out();
        switch (format) {
            case TEXT -> CheckText.of(checked).forEach(out::println);
            case JSON -> out.println(CheckJson.of(checked));
            case SARIF ->
                out.println(CheckSarif.of(
                        checked, CheckSarif.uri(request.dockerfile(), surroundings.directory()), Version.number()));
        }
    }

    private CheckRequest request() {
        Path directory = surroundings.resolve(context);
        return new CheckRequest(
                directory,
                file.map(surroundings::resolve).orElse(directory.resolve("Dockerfile")),
                file.orElse(context.resolve("Dockerfile")).normalize().toString(),
                target,
                Assignments.orFromEnvironment("--build-arg", buildArgs, surroundings),
                platform);
    }

    /** How the report is written. */
    enum Format {
        TEXT,
        JSON,
        SARIF
    }
}
