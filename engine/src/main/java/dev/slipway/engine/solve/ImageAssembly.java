package dev.slipway.engine.solve;

import dev.slipway.engine.plan.Plan;
import dev.slipway.engine.request.ManifestFormat;
import dev.slipway.image.json.ImageJson;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.History;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Manifest;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.image.transfer.OutgoingImage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts configuration, history and layers together: the last, pure step of a build. */
final class ImageAssembly {
    private ImageAssembly() {}

    /** An image together with its configuration in readable form. */
    record Assembled(OutgoingImage image, ImageConfig config) {}

    /**
     * @param history one line an instruction; those without {@code emptyLayer} are as many as the layers, or the base
     *     image says nothing of its own
     */
    static Assembled assemble(
            Plan.Image image, List<History> history, List<MadeLayer> layers, Instant finished, ManifestFormat format) {
        Instant created = history.stream()
                .flatMap(line -> line.created().stream())
                .reduce((earlier, later) -> later)
                .orElse(finished);
        ImageConfig config = new ImageConfig(
                Optional.of(created),
                image.author(),
                image.platform(),
                image.config(),
                layers.stream().map(MadeLayer::diffId).toList(),
                completed(history, layers.size()));
        boolean docker = format == ManifestFormat.DOCKER
                && layers.stream().noneMatch(layer -> isZstd(layer.blob().descriptor()));
        byte[] configBytes = ImageJson.writeConfig(config);
        Descriptor configDescriptor =
                Descriptor.of(docker ? MediaType.DOCKER_CONFIG : MediaType.OCI_CONFIG, configBytes);
        List<BlobSource> blobs =
                layers.stream().map(layer -> retyped(layer.blob(), docker)).toList();
        Manifest manifest = new Manifest(
                docker ? MediaType.DOCKER_MANIFEST : MediaType.OCI_MANIFEST,
                configDescriptor,
                blobs.stream().map(BlobSource::descriptor).toList(),
                Map.of());
        byte[] manifestBytes = ImageJson.writeManifest(manifest);
        Descriptor descriptor = Descriptor.of(manifest.mediaType(), manifestBytes);
        return new Assembled(
                new OutgoingImage(manifestBytes, descriptor, configBytes, configDescriptor, blobs), config);
    }

    /** Layers of a base image that has no history get a line each, so that lines and layers agree. */
    private static List<History> completed(List<History> history, int layers) {
        long told = history.stream().filter(line -> !line.emptyLayer()).count();
        List<History> all = new ArrayList<>();
        for (long missing = layers - told; missing > 0; missing--) {
            all.add(new History(Optional.empty(), "", "", "layer of the base image", false));
        }
        all.addAll(history);
        return all;
    }

    private static boolean isZstd(Descriptor layer) {
        return layer.mediaType().contains("zstd");
    }

    /** One manifest does not mix the two families of media types; the bytes of a layer are the same in both. */
    private static BlobSource retyped(BlobSource blob, boolean docker) {
        String type = blob.descriptor().mediaType();
        String wanted = switch (type) {
            case MediaType.OCI_LAYER, MediaType.DOCKER_LAYER -> docker ? MediaType.DOCKER_LAYER : MediaType.OCI_LAYER;
            case MediaType.OCI_LAYER_GZIP, MediaType.DOCKER_LAYER_GZIP ->
                docker ? MediaType.DOCKER_LAYER_GZIP : MediaType.OCI_LAYER_GZIP;
            case MediaType.OCI_LAYER_ZSTD, MediaType.DOCKER_LAYER_ZSTD -> MediaType.OCI_LAYER_ZSTD;
            default -> type;
        };
        return type.equals(wanted) ? blob : new Retyped(blob, blob.descriptor().withMediaType(wanted));
    }

    private record Retyped(BlobSource blob, Descriptor descriptor) implements BlobSource {
        @Override
        public InputStream open() throws IOException {
            return blob.open();
        }

        @Override
        public Optional<ImageReference> origin() {
            return blob.origin();
        }
    }
}
