package dev.slipway.registry.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.image.transfer.OutgoingImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Small images with random layers: registries look at digests, not at what a layer holds. */
public final class GeneratedImage {
    private GeneratedImage() {}

    public static OutgoingImage of(long seed, int... layerSizes) {
        Random random = new Random(seed);
        List<BlobSource> layers = new ArrayList<>();
        for (int size : layerSizes) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            layers.add(new Blob(Descriptor.of(MediaType.OCI_LAYER_GZIP, bytes), bytes, Optional.empty()));
        }
        return of(seed, layers);
    }

    public static OutgoingImage of(long seed, List<BlobSource> layers) {
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"author\":\"seed " + seed
                        + "\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
                        + layers.stream()
                                .map(layer -> "\"" + layer.descriptor().digest() + "\"")
                                .collect(Collectors.joining(","))
                        + "]}}")
                .getBytes(UTF_8);
        Descriptor configDescriptor = Descriptor.of(MediaType.OCI_CONFIG, config);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"config\":"
                        + json(configDescriptor) + ",\"layers\":["
                        + layers.stream().map(layer -> json(layer.descriptor())).collect(Collectors.joining(","))
                        + "]}")
                .getBytes(UTF_8);
        return new OutgoingImage(
                manifest, Descriptor.of(MediaType.OCI_MANIFEST, manifest), config, configDescriptor, layers);
    }

    public static String json(Descriptor descriptor) {
        return "{\"mediaType\":\"" + descriptor.mediaType() + "\",\"digest\":\"" + descriptor.digest() + "\",\"size\":"
                + descriptor.size() + "}";
    }

    /** Content in memory, which may claim to come from a repository. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Blob(Descriptor descriptor, byte[] bytes, Optional<ImageReference> origin) implements BlobSource {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
