package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * {@code LABEL KEY=VALUE…}.
 *
 * @param legacy whether it was written in the old form, {@code LABEL KEY the rest of the line}
 */
public record Label(Origin origin, List<KeyValue> pairs, boolean legacy) implements Instruction {
    public Label {
        requireNonNull(origin, "origin is null");
        pairs = List.copyOf(pairs);
    }

    @Override
    public String keyword() {
        return "LABEL";
    }
}
