package dev.slipway.image.transfer;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.reference.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Content that can be opened as often as needed: a file of the store, or a blob that still lies in a registry. */
public interface BlobSource {
    /** What {@link #open()} gives: its digest, size in bytes and media type. */
    Descriptor descriptor();

    /**
     * Opens the content from its first byte. Whoever reads it verifies it; whoever opens it closes it.
     *
     * @throws IOException if it cannot be opened or breaks off
     */
    InputStream open() throws IOException;

    /** A repository that is known to hold the blob, from which a registry may mount it. */
    default Optional<ImageReference> origin() {
        return Optional.empty();
    }
}
