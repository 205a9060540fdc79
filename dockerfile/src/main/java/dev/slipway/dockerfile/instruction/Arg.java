package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** {@code ARG NAME[=DEFAULT]…}; each name sees the ones before it on the same line. */
public record Arg(Origin origin, List<Variable> variables) implements Instruction {
    public Arg {
        requireNonNull(origin, "origin is null");
        variables = List.copyOf(variables);
    }

    @Override
    public String keyword() {
        return "ARG";
    }

    /**
     * One argument.
     *
     * @param name literal
     * @param defaultValue to be expanded; present and empty for {@code NAME=}
     */
    public record Variable(String name, Optional<String> defaultValue) {
        public Variable {
            requireNonNull(name, "name is null");
            requireNonNull(defaultValue, "defaultValue is null");
        }
    }
}
