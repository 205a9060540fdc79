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
import dev.slipway.foundation.error.ExitStatus;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.auth.Keychain;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code slipway build}. */
@Command(
        name = "build",
        abbreviateSynopsis = true,
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
            "  slipway build https://github.com/OWNER/NAME.git#v1.4:services/api",
            "  tar -cz . | slipway build --build-context base=docker-image://alpine:3.22 -",
            "  slipway build -f build/Dockerfile --target test --build-arg VERSION=1.4 .",
            "  slipway build -t 127.0.0.1:5000/team/app:1.4 -t 127.0.0.1:5000/team/app:latest --push ."
        })
final class BuildCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Builders builders;

    @Mixin
    private ContextOptions source = new ContextOptions();

    @Mixin
    private ExportOptions export = new ExportOptions();

    @Mixin
    private DefinitionOptions definition = new DefinitionOptions();

    @Mixin
    private CommandOptions commands = new CommandOptions();

    @Mixin
    private HostOptions host = new HostOptions();

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
            export.idFile()
                    .ifPresent(path -> UserFile.write(
                            surroundings.resolve(path),
                            report.image().configDescriptor().digest().toString()));
            BuildSummary.of(report).forEach(surroundings.out()::println);
        }
        return ExitStatus.DONE.code();
    }

    private static List<String> repositories(BuildRequest request) {
        return request.export().names().stream()
                .map(ImageReference::repository)
                .distinct()
                .toList();
    }

    private static List<String> hosts(BuildRequest request) {
        return request.export().names().stream()
                .map(ImageReference::registry)
                .filter(host -> EcrHost.parse(host).isPresent())
                .distinct()
                .toList();
    }

    BuildRequest request() {
        return new BuildRequest(
                source.settings(surroundings),
                definition.definition(surroundings),
                commands.settings(surroundings),
                host.settings(),
                export.settings());
    }
}
