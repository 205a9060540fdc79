package dev.slipway.engine.plan;

import static java.util.Objects.requireNonNull;

import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An image that a build needs: the same name for two platforms is two images.
 *
 * @param layout the OCI layout that it lies in; absent for an image of a registry
 */
public record ImageKey(ImageReference reference, Platform platform, Optional<Path> layout) {
    public ImageKey {
        requireNonNull(reference, "reference is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(layout, "layout is null");
    }

    /** An image of a registry. */
    public ImageKey(ImageReference reference, Platform platform) {
        this(reference, platform, Optional.empty());
    }

    @Override
    public String toString() {
        return layout.map(path -> "oci-layout://" + path + " as ").orElse("") + reference + " (" + platform + ")";
    }
}
