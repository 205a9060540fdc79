package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** {@code VOLUME}: each path is to be expanded. */
public record Volume(Origin origin, List<String> paths) implements Instruction {
    public Volume {
        requireNonNull(origin, "origin is null");
        paths = List.copyOf(paths);
    }

    @Override
    public String keyword() {
        return "VOLUME";
    }
}
