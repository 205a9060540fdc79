package dev.slipway.image.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of an image's history.
 *
 * @param emptyLayer whether the instruction made no layer
 */
public record History(Optional<Instant> created, String createdBy, String author, String comment, boolean emptyLayer) {
    public History {
        requireNonNull(created, "created is null");
        requireNonNull(createdBy, "createdBy is null");
        requireNonNull(author, "author is null");
        requireNonNull(comment, "comment is null");
    }
}
