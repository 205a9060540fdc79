package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

/** {@code WORKDIR}: the path is to be expanded. */
public record Workdir(Origin origin, String path) implements Instruction {
    public Workdir {
        requireNonNull(origin, "origin is null");
        requireNonNull(path, "path is null");
    }

    @Override
    public String keyword() {
        return "WORKDIR";
    }
}
