package dev.slipway.dockerfile.value;

import java.util.Optional;

/**
 * Truth values as Go reads them.
 *
 * @see <a href="https://pkg.go.dev/strconv#ParseBool">Go, strconv.ParseBool</a>
 */
public final class GoBoolean {
    private GoBoolean() {}

    /** Absent for text that is no truth value. */
    public static Optional<Boolean> parse(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
            case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
