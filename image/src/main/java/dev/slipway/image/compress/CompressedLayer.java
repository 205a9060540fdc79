package dev.slipway.image.compress;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;

/**
 * A layer that lies in the store.
 *
 * @param blob the compressed bytes
 * @param diffId digest of the uncompressed tar
 * @param tarBytes size of the uncompressed tar
 */
public record CompressedLayer(Descriptor blob, Digest diffId, long tarBytes) {}
