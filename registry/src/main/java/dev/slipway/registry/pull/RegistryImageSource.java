package dev.slipway.registry.pull;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.image.json.ImageJson;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.image.transfer.ImageSource;
import dev.slipway.image.transfer.SourceImage;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.endpoint.RegistryAccess;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;

/**
 * Images that lie in registries. Manifests and configs are verified here; the streams of layers are verified by whoever
 * reads them.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pull">distribution-spec, pull</a>
 */
public final class RegistryImageSource implements ImageSource {
    private static final int MOST_CONFIG_BYTES = 16 << 20;

    private final RegistryAccess access;

    public RegistryImageSource(RegistryAccess access) {
        this.access = requireNonNull(access, "access is null");
    }

    @Override
    public SourceImage resolve(ImageReference reference, Platform platform) {
        RegistryTarget target = access.target(reference);
        ManifestReader.Found found =
                new ManifestReader(access, target, platform).read(reference.manifestKey(), reference.digest());
        ImageConfig config = readConfig(reference, target, found.manifest().config());
        List<BlobSource> layers = found.manifest().layers().stream()
                .<BlobSource>map(layer -> new RegistryBlob(access, target, reference, layer))
                .toList();
        return new SourceImage(reference, found.digest(), found.manifest(), config, layers);
    }

    private ImageConfig readConfig(ImageReference reference, RegistryTarget target, Descriptor descriptor) {
        if (descriptor.size() > MOST_CONFIG_BYTES) {
            throw failed(target, descriptor, "it is larger than 16 MiB");
        }
        byte[] bytes = readWhole(reference, target, descriptor);
        String hex = HexFormat.of().formatHex(descriptor.digest().newHash().digest(bytes));
        if (!hex.equals(descriptor.digest().hex())) {
            throw failed(
                    target, descriptor, "its content is " + descriptor.digest().algorithm() + ":" + hex);
        }
        try {
            return ImageJson.readConfig(bytes);
        } catch (IllegalArgumentException e) {
            throw failed(target, descriptor, "it cannot be read: " + e.getMessage());
        }
    }

    private byte[] readWhole(ImageReference reference, RegistryTarget target, Descriptor descriptor) {
        try (InputStream in = new RegistryBlob(access, target, reference, descriptor).open()) {
            return in.readNBytes((int) descriptor.size());
        } catch (IOException e) {
            throw new ServiceException(
                    new Problem(
                            target.name(), "read config " + descriptor.digest(), String.valueOf(e.getMessage()), ""),
                    e);
        }
    }

    private static ServiceException failed(RegistryTarget target, Descriptor descriptor, String why) {
        return new ServiceException(new Problem(target.name(), "read config " + descriptor.digest(), why, ""));
    }
}
