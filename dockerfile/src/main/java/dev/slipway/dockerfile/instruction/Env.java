package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * {@code ENV KEY=VALUE…}.
 *
 * @param legacy whether it was written in the old form, {@code ENV KEY the rest of the line}
 */
public record Env(Origin origin, List<KeyValue> pairs, boolean legacy) implements Instruction {
    public Env {
        requireNonNull(origin, "origin is null");
        pairs = List.copyOf(pairs);
    }

    @Override
    public String keyword() {
        return "ENV";
    }
}
