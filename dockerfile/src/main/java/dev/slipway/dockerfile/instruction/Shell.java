package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** {@code SHELL}: the program and arguments in front of shell forms; never empty, never expanded. */
public record Shell(Origin origin, List<String> arguments) implements Instruction {
    public Shell {
        requireNonNull(origin, "origin is null");
        arguments = List.copyOf(arguments);
    }

    @Override
    public String keyword() {
        return "SHELL";
    }
}
