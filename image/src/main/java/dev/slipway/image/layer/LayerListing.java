package dev.slipway.image.layer;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.layer.tar.TarException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Says what a layer holds without unpacking it. */
public final class LayerListing {
    private LayerListing() {}

    /**
     * Reads a layer to its last byte.
     *
     * @param tar the uncompressed archive; the caller closes it
     * @param entries takes each entry in the order of the archive
     * @throws InvalidInputException if it is not a layer
     * @throws IOException if the stream breaks off
     */
    public static LayerSummary list(InputStream tar, Consumer<LayerEntry> entries) throws IOException {
        LayerSummary.Counter counter = new LayerSummary.Counter();
        LayerTarReader reader = new LayerTarReader(tar);
        try {
            for (Optional<LayerEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                counter.count(entry.get());
                entries.accept(entry.get());
            }
        } catch (TarException e) {
            throw broken(e);
        }
        return counter.summary();
    }

    static InvalidInputException broken(TarException e) {
        return new InvalidInputException(Problem.of("the layer is broken", String.valueOf(e.getMessage()))
                .remedy("build and push the image that it belongs to again"));
    }
}
