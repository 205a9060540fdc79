package dev.slipway.image.transfer;

import dev.slipway.image.model.Digest;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Manifest;
import dev.slipway.image.reference.ImageReference;
import java.util.List;

/**
 * An image as a source offers it: manifest and config are read and verified, layers are not yet.
 *
 * @param reference as it was asked for
 * @param digest of the manifest that was chosen, not of the index it came from
 * @param layers one source a layer, in the manifest's order
 */
public record SourceImage(
        ImageReference reference, Digest digest, Manifest manifest, ImageConfig config, List<BlobSource> layers) {
    public SourceImage {
        layers = List.copyOf(layers);
    }
}
