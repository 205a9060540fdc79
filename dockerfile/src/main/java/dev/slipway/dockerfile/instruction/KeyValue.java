package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

/** One pair of ENV or LABEL; both sides are to be expanded. */
public record KeyValue(String key, String value) {
    public KeyValue {
        requireNonNull(key, "key is null");
        requireNonNull(value, "value is null");
    }
}
