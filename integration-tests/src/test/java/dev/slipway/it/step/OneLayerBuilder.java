package dev.slipway.it.step;

import dev.slipway.engine.BuildReport;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.ImageBuilder;
import dev.slipway.image.json.ImageJson;
import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Manifest;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.image.transfer.ImageTarget;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.PushReceipt;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pushes an image of one layer with the labels of the request: a step's way, without its Dockerfile. */
record OneLayerBuilder(ImageTarget target) implements ImageBuilder {
    @Override
    public BuildReport build(BuildRequest request) {
        Layer layer = new Layer("not a layer that anybody unpacks".getBytes(StandardCharsets.UTF_8));
        ContainerConfig none = ContainerConfig.EMPTY;
        ContainerConfig labelled = new ContainerConfig(
                none.user(),
                none.env(),
                none.entrypoint(),
                none.cmd(),
                none.workingDir(),
                request.definition().labels(),
                none.exposedPorts(),
                none.volumes(),
                none.stopSignal(),
                none.healthcheck(),
                none.shell(),
                none.onBuild(),
                none.argsEscaped());
        ImageConfig config = new ImageConfig(
                Optional.empty(),
                "",
                request.definition().platform(),
                labelled,
                List.of(layer.descriptor().digest()),
                List.of());
        byte[] configBytes = ImageJson.writeConfig(config);
        Descriptor configDescriptor = Descriptor.of(MediaType.OCI_CONFIG, configBytes);
        byte[] manifest = ImageJson.writeManifest(
                new Manifest(MediaType.OCI_MANIFEST, configDescriptor, List.of(layer.descriptor()), Map.of()));
        Descriptor descriptor = Descriptor.of(MediaType.OCI_MANIFEST, manifest);
        OutgoingImage image = new OutgoingImage(manifest, descriptor, configBytes, configDescriptor, List.of(layer));
        PushReceipt receipt = target.push(image, request.export().names());
        return new BuildReport(
                descriptor.digest(),
                config,
                image,
                List.of(),
                request.export().names(),
                Optional.of(receipt),
                Duration.ZERO);
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Layer(byte[] bytes) implements BlobSource {
        @Override
        public Descriptor descriptor() {
            return Descriptor.of(MediaType.OCI_LAYER_GZIP, bytes);
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
