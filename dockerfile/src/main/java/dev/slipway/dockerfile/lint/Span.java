package dev.slipway.dockerfile.lint;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Place;

/**
 * A piece of one line of a file. Columns are 1-based and count the units of UTF-16.
 *
 * @param line 1-based
 * @param endColumn the first column behind it; equal to {@code column} where it is empty
 */
public record Span(String file, int line, int column, int endColumn) {
    public Span {
        requireNonNull(file, "file is null");
        if (line < 1 || column < 1 || endColumn < column) {
            throw new IllegalArgumentException("not a span: line " + line + ", " + column + " to " + endColumn);
        }
    }

    /** Where it begins. */
    public Place place() {
        return new Place(file, line, column);
    }
}
