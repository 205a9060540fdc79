package dev.slipway.cli;

import static java.util.Objects.requireNonNull;

import dev.slipway.aws.ecr.EcrHost;
import dev.slipway.cli.report.BuildSummary;
import dev.slipway.cli.wiring.Builders;
import dev.slipway.cli.wiring.StandIn;
import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.cli.wiring.Workshop;
import dev.slipway.engine.BuildReport;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.BuildRequest.ManifestFormat;
import dev.slipway.foundation.error.ExitStatus;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.auth.Keychain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway build}. */
@Command(
        name = "build",
        description = "Builds one image from a Dockerfile and, with --push, sends it to its registry.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "Credentials come from the Docker configuration ($DOCKER_CONFIG or ~/.docker/config.json), and for",
            "ECR from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.",
            "",
            "Examples:",
            "  slipway build .",
            "  slipway build -f build/Dockerfile --target test --build-arg VERSION=1.4 .",
            "  slipway build -t 127.0.0.1:5000/team/app:1.4 -t 127.0.0.1:5000/team/app:latest --push ."
        })
final class BuildCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Builders builders;

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
            names = {"-t", "--tag"},
            paramLabel = "REF",
            description = "name of the image (repeatable; all in one repository)")
    private List<ImageReference> tags = new ArrayList<>();

    @Option(names = "--push", description = "push the image under every REF")
    private boolean push;

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
            names = "--add-host",
            paramLabel = "HOST=IP",
            description = "line for /etc/hosts of RUN (repeatable; HOST:IP, too)")
    private List<String> addHosts = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "docker|oci",
            description = "media types of the manifest; docker by default")
    private ManifestFormat format = ManifestFormat.DOCKER;

    @Option(names = "--iidfile", paramLabel = "FILE", description = "write the image's ID (digest of its config) here")
    private Optional<Path> idFile = Optional.empty();

    @Mixin
    private RegistryOptions registries = new RegistryOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    BuildCommand(Surroundings surroundings, Builders builders) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
        this.builders = requireNonNull(builders, "builders is null");
    }

    @Override
    public Integer call() {
        BuildRequest request = request();
        EventSink events = output.events(surroundings.err());
        try (Workshop workshop = Workshop.open(surroundings, Version.number(), events);
                StandIn standIn =
                        registries.standIn(surroundings, workshop.transport(), repositories(request), events)) {
            RegistryMap map = standIn.lead(hosts(request), registries.map());
            Keychain keychain = Keychain.firstOf(
                    List.of(standIn.keychain(), workshop.dockerConfiguration(), workshop.ecrFromEnvironment()));
            BuildReport report = workshop.builder(builders, map, keychain).build(request);
            idFile.ifPresent(path -> UserFile.write(
                    surroundings.resolve(path),
                    report.image().configDescriptor().digest().toString()));
            BuildSummary.of(report).forEach(surroundings.out()::println);
        }
        return ExitStatus.DONE.code();
    }

    private static List<String> repositories(BuildRequest request) {
        return request.names().stream()
                .map(ImageReference::repository)
                .distinct()
                .toList();
    }

    private static List<String> hosts(BuildRequest request) {
        return request.names().stream()
                .map(ImageReference::registry)
                .filter(host -> EcrHost.parse(host).isPresent())
                .distinct()
                .toList();
    }

    BuildRequest request() {
        if (push && tags.isEmpty()) {
            throw new InvalidInputException(
                    Problem.of("--push needs a name").remedy("give one with -t REGISTRY/REPOSITORY:TAG"));
        }
        if (tags.stream().map(ImageReference::repositoryName).distinct().count() > 1) {
            throw new InvalidInputException(Problem.of(
                            "the names given with -t are in different repositories", tags.toString())
                    .remedy("run one build for each repository; the second one reuses what the first has built"));
        }
        Path directory = surroundings.resolve(context);
        return new BuildRequest(
                directory,
                file.map(surroundings::resolve).orElse(directory.resolve("Dockerfile")),
                file.orElse(context.resolve("Dockerfile")).normalize().toString(),
                target,
                Assignments.orFromEnvironment("--build-arg", buildArgs, surroundings),
                Assignments.of("--label", labels),
                platform,
                tags,
                push,
                Assignments.hosts("--add-host", addHosts),
                surroundings.sourceDateEpoch(),
                format);
    }
}
