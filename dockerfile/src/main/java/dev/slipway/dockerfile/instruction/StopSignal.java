package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

/** {@code STOPSIGNAL}: the signal is to be expanded, then checked by {@link dev.slipway.dockerfile.value.Signals}. */
public record StopSignal(Origin origin, String signal) implements Instruction {
    public StopSignal {
        requireNonNull(origin, "origin is null");
        requireNonNull(signal, "signal is null");
    }

    @Override
    public String keyword() {
        return "STOPSIGNAL";
    }
}
