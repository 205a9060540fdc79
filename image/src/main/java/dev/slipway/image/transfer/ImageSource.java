package dev.slipway.image.transfer;

import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;

/** Where images come from. Thread-safe. Reads only; asking twice is harmless. */
public interface ImageSource {
    /**
     * Finds the image of that name for that platform; manifest and config are verified against their digests.
     *
     * @throws dev.slipway.foundation.error.NotAllowedException if credentials are missing or refused
     * @throws dev.slipway.foundation.error.ServiceException if the image is not there or the source fails
     */
    SourceImage resolve(ImageReference reference, Platform platform);
}
