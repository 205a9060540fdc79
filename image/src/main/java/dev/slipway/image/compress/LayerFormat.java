package dev.slipway.image.compress;

import static java.util.Objects.requireNonNull;

import dev.slipway.image.model.MediaFamily;

/**
 * How a layer becomes a blob.
 *
 * @param level of the compression: 1 to 9 for gzip, 1 to 19 for zstd, 0 for none
 * @param family whose media type the blob gets
 */
public record LayerFormat(Compression compression, int level, MediaFamily family) {
    public LayerFormat {
        requireNonNull(compression, "compression is null");
        requireNonNull(family, "family is null");
        if (level < compression.lowestLevel() || level > compression.highestLevel()) {
            throw new IllegalArgumentException("a level of " + compression + " is from " + compression.lowestLevel()
                    + " to " + compression.highestLevel() + ", not " + level);
        }
    }

    /** With the compression's usual level: 6 for gzip, 3 for zstd. */
    public static LayerFormat of(Compression compression, MediaFamily family) {
        return new LayerFormat(compression, compression.usualLevel(), family);
    }

    public String mediaType() {
        return compression.mediaType(family);
    }
}
