package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Place;
import java.util.List;

/**
 * Where an instruction stands in its file.
 *
 * @param place its first character
 * @param lastLine 1-based number of its last line, bodies of heredocs included
 * @param text the logical line as written, beginning with the keyword
 * @param comments the comment lines directly above it, top down, without the {@code #} and the blanks around the text
 */
public record Origin(Place place, int lastLine, String text, List<String> comments) {
    public Origin {
        requireNonNull(place, "place is null");
        requireNonNull(text, "text is null");
        comments = List.copyOf(comments);
    }
}
