package dev.slipway.registry.push;

import static java.util.Objects.requireNonNull;

import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.ImageTarget;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.PushReceipt;
import dev.slipway.registry.endpoint.RegistryAccess;
import java.util.List;

/** Repositories of registries as a target. */
public final class RegistryImageTarget implements ImageTarget {
    final RegistryAccess access;

    public RegistryImageTarget(RegistryAccess access) {
        this.access = requireNonNull(access, "access is null");
    }

    @Override
    public PushReceipt push(OutgoingImage image, List<ImageReference> names) {
        throw new UnsupportedOperationException("not yet");
    }
}
