package dev.slipway.cli;

import dev.slipway.cli.wiring.Builders;
import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.engine.BuildReport;
import dev.slipway.engine.BuildReport.LayerReport;
import dev.slipway.engine.BuildRequest;
import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.model.Platform;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.PushReceipt;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs commands in surroundings of its own, with a builder that writes down what it is asked for. */
final class Console {
    private final Map<String, String> environment;
    private final Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<BuildRequest> requests = new ArrayList<>();

    Console(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    int run(String... arguments) {
        return run(
                environment -> request -> {
                    requests.add(request);
                    return report(request);
                },
                arguments);
    }

    int run(Builders builders, String... arguments) {
        Surroundings surroundings = new Surroundings(
                environment,
                directory,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InstantSource.fixed(Instant.EPOCH));
        return new Slipway(surroundings, builders).run(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** What the builder was asked for. */
    BuildRequest request() {
        return requests.getLast();
    }

    private static BuildReport report(BuildRequest request) {
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        Digest layer = Digest.of(new byte[] {1});
        ImageConfig model = new ImageConfig(
                Optional.empty(), "", Platform.of("linux", "amd64"), ContainerConfig.EMPTY, List.of(layer), List.of());
        OutgoingImage image = new OutgoingImage(
                config,
                Descriptor.of(MediaType.DOCKER_MANIFEST, config),
                config,
                Descriptor.of(MediaType.DOCKER_CONFIG, config),
                List.of());
        Digest digest = image.manifestDescriptor().digest();
        return new BuildReport(
                digest,
                model,
                image,
                List.of(new LayerReport(layer, layer, 1234, "COPY file / # slipway", false)),
                request.export().names(),
                request.export().push() ? Optional.of(new PushReceipt(digest, 1234, 1, 0)) : Optional.empty(),
                Duration.ofSeconds(1));
    }
}
