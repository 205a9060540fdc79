package dev.slipway.dockerfile.source;

import static java.util.Objects.requireNonNull;

/** A path or pattern within the build context, a stage or an image. */
public record LocalPath(String text) implements SourceReference {
    public LocalPath {
        requireNonNull(text, "text is null");
    }

    @Override
    public String display() {
        return text;
    }
}
