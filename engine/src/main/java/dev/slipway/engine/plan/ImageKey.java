package dev.slipway.engine.plan;

import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;

/** An image that a build needs: the same name for two platforms is two images. */
public record ImageKey(ImageReference reference, Platform platform) {
    @Override
    public String toString() {
        return reference + " (" + platform + ")";
    }
}
