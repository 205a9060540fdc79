package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

/** {@code ENTRYPOINT}; an empty exec form ({@code ENTRYPOINT []}) clears the inherited value. */
public record Entrypoint(Origin origin, CommandLine command) implements Instruction {
    public Entrypoint {
        requireNonNull(origin, "origin is null");
        requireNonNull(command, "command is null");
    }

    @Override
    public String keyword() {
        return "ENTRYPOINT";
    }
}
