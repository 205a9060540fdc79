package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** {@code EXPOSE}: each word is to be expanded, with word splitting, then read by {@link dev.slipway.dockerfile.value.ExposedPorts}; in byte order. */
public record Expose(Origin origin, List<String> ports) implements Instruction {
    public Expose {
        requireNonNull(origin, "origin is null");
        ports = List.copyOf(ports);
    }

    @Override
    public String keyword() {
        return "EXPOSE";
    }
}
