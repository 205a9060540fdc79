package dev.slipway.engine.solve;

import static java.util.Objects.requireNonNull;

import dev.slipway.image.model.Digest;
import dev.slipway.image.transfer.BlobSource;

/**
 * A layer as it goes into the image.
 *
 * @param blob the compressed bytes, in the store or still in a registry
 * @param diffId digest of the uncompressed tar
 * @param fromBase whether it came with a base image
 */
record MadeLayer(BlobSource blob, Digest diffId, boolean fromBase) {
    MadeLayer {
        requireNonNull(blob, "blob is null");
        requireNonNull(diffId, "diffId is null");
    }
}
