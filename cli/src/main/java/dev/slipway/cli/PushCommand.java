package dev.slipway.cli;

import static java.util.Objects.requireNonNull;

import dev.slipway.aws.ecr.EcrHost;
import dev.slipway.cli.report.PushSummary;
import dev.slipway.cli.wiring.StandIn;
import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.cli.wiring.Workshop;
import dev.slipway.foundation.error.ExitStatus;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.image.layout.OciLayoutSource;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.Outgoing;
import dev.slipway.image.transfer.PushReceipt;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.auth.Keychain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway push}. */
@Command(
        name = "push",
        description =
                "Pushes an image, or an index with its images, that lies in an OCI image layout. Its digest stays.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "Credentials are found as by slipway build.",
            "",
            "Examples:",
            "  slipway push app.tar registry.example.com/team/app:1.4",
            "  slipway push --image 1.4 layout 127.0.0.1:5000/team/app:1.4 127.0.0.1:5000/team/app:latest"
        })
final class PushCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            index = "0",
            paramLabel = "LAYOUT|TAR",
            description = "an OCI image layout, a directory or an uncompressed tar; an archive of docker save that"
                    + " has one in it, too")
    private Path layout = Path.of(".");

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "REF",
            description = "name to push it under; all in one repository")
    private List<ImageReference> names = new ArrayList<>();

    @Option(
            names = "--image",
            paramLabel = "NAME|DIGEST",
            description =
                    "which image of the layout: its name, its tag there or its digest; not needed for the only one")
    private String image = "";

    @Mixin
    private RegistryOptions registries = new RegistryOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    PushCommand(Surroundings surroundings) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
    }

    @Override
    public Integer call() {
        checkNames();
        Path place = surroundings.resolve(layout);
        if (!Files.exists(place)) {
            throw new InvalidInputException(
                    Problem.of("there is no such layout").at(layout.toString()));
        }
        OciLayoutSource source = OciLayoutSource.open(place);
        Outgoing outgoing = source.outgoing(source.entry(image));
        EventSink events = output.events(surroundings.err());
        List<String> repository = List.of(names.getFirst().repository());
        try (Workshop workshop = Workshop.open(surroundings, Version.number(), events);
                StandIn standIn = registries.standIn(surroundings, workshop.transport(), repository, events)) {
            RegistryMap map = standIn.lead(hosts(), registries.map());
            Keychain keychain = Keychain.firstOf(
                    List.of(standIn.keychain(), workshop.dockerConfiguration(), workshop.ecrFromEnvironment()));
            PushReceipt receipt = workshop.target(map, keychain).push(outgoing, names);
            PushSummary.of(names, receipt).forEach(surroundings.out()::println);
        }
        return ExitStatus.DONE.code();
    }

    private void checkNames() {
        if (names.stream().map(ImageReference::repositoryName).distinct().count() > 1) {
            throw new InvalidInputException(
                    Problem.of("the names to push to are in different repositories", names.toString())
                            .remedy("run one push for each repository"));
        }
    }

    private List<String> hosts() {
        return names.stream()
                .map(ImageReference::registry)
                .filter(host -> EcrHost.parse(host).isPresent())
                .distinct()
                .toList();
    }
}
