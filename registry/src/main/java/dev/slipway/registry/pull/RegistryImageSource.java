package dev.slipway.registry.pull;

import static java.util.Objects.requireNonNull;

import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.ImageSource;
import dev.slipway.image.transfer.SourceImage;
import dev.slipway.registry.endpoint.RegistryAccess;

/** Images that lie in registries. */
public final class RegistryImageSource implements ImageSource {
    final RegistryAccess access;

    public RegistryImageSource(RegistryAccess access) {
        this.access = requireNonNull(access, "access is null");
    }

    @Override
    public SourceImage resolve(ImageReference reference, Platform platform) {
        throw new UnsupportedOperationException("not yet");
    }
}
