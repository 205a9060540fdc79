package dev.slipway.image.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.image.json.ImageJson;
import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.History;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Manifest;
import dev.slipway.image.model.MediaFamily;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.model.Platform;
import dev.slipway.image.store.BlobSources;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.OutgoingIndex;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small images whose layer is an empty archive or one file. */
final class TestImage {
    /** An empty archive: two blocks of zeros. */
    static final byte[] EMPTY_TAR = new byte[1024];

    private TestImage() {}

    static OutgoingImage of(MediaFamily family, Platform platform, String author) {
        String layerType = family == MediaFamily.OCI ? MediaType.OCI_LAYER : MediaType.DOCKER_LAYER;
        ImageConfig config = new ImageConfig(
                Optional.of(Instant.EPOCH),
                author,
                platform,
                ContainerConfig.EMPTY,
                List.of(Digest.of(EMPTY_TAR)),
                List.of(new History(Optional.of(Instant.EPOCH), "COPY nothing /", "", "", false)));
        byte[] configBytes = ImageJson.writeConfig(config);
        Descriptor configDescriptor = Descriptor.of(family.config(), configBytes);
        Manifest manifest = new Manifest(
                family.manifest(), configDescriptor, List.of(Descriptor.of(layerType, EMPTY_TAR)), Map.of());
        byte[] manifestBytes = ImageJson.writeManifest(manifest);
        return new OutgoingImage(
                manifestBytes,
                Descriptor.of(family.manifest(), manifestBytes),
                configBytes,
                configDescriptor,
                List.of(BlobSources.ofBytes(layerType, EMPTY_TAR)));
    }

    static OutgoingImage of(String author) {
        return of(MediaFamily.OCI, Platform.of("linux", "amd64"), author);
    }

    /** One image for each of two platforms. */
    static OutgoingIndex index(MediaFamily family) {
        return OutgoingIndex.of(family, List.of(named(family, "amd64"), named(family, "arm64")), Map.of());
    }

    private static OutgoingImage named(MediaFamily family, String architecture) {
        Platform platform = Platform.of("linux", architecture);
        OutgoingImage image = of(family, platform, architecture);
        Descriptor plain = image.manifestDescriptor();
        return image.withDescriptor(
                new Descriptor(plain.mediaType(), plain.digest(), plain.size(), Optional.of(platform), Map.of()));
    }

    /** One whose layer is not what its descriptor says. */
    static OutgoingImage damaged() {
        OutgoingImage image = of("damaged");
        Descriptor layer = image.layers().getFirst().descriptor();
        return new OutgoingImage(
                image.manifest(),
                image.manifestDescriptor(),
                image.config(),
                image.configDescriptor(),
                List.of(new BlobSource() {
                    @Override
                    public Descriptor descriptor() {
                        return layer;
                    }

                    @Override
                    public InputStream open() {
                        byte[] other = EMPTY_TAR.clone();
                        other[0] = 1;
                        return new ByteArrayInputStream(other);
                    }
                }));
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
