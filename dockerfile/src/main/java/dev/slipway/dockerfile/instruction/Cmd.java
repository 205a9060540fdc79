package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

/** {@code CMD}; an empty exec form ({@code CMD []}) clears the inherited value. */
public record Cmd(Origin origin, CommandLine command) implements Instruction {
    public Cmd {
        requireNonNull(origin, "origin is null");
        requireNonNull(command, "command is null");
    }

    @Override
    public String keyword() {
        return "CMD";
    }
}
