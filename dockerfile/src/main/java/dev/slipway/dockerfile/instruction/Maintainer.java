package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

/** {@code MAINTAINER}: the author, as written. */
public record Maintainer(Origin origin, String author) implements Instruction {
    public Maintainer {
        requireNonNull(origin, "origin is null");
        requireNonNull(author, "author is null");
    }

    @Override
    public String keyword() {
        return "MAINTAINER";
    }
}
