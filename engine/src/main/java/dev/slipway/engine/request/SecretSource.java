package dev.slipway.engine.request;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.secret.Secret;
import java.nio.file.Path;

/** Where a secret for commands comes from. */
public sealed interface SecretSource {
    /** The most bytes that a secret has, as with BuildKit. */
    int MOST_BYTES = 500 * 1024;

    /** A file, which is read when a command needs it. */
    record OfFile(Path file) implements SecretSource {
        public OfFile {
            requireNonNull(file, "file is null");
        }
    }

    /** A value that is known already. */
    record OfValue(Secret value) implements SecretSource {
        public OfValue {
            requireNonNull(value, "value is null");
        }
    }
}
