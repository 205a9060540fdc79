package dev.slipway.step.connector;

import dev.slipway.foundation.secret.Secret;
import java.util.Optional;

/** Where the secrets are that connectors refer to. Thread-safe. */
@FunctionalInterface
public interface SecretSource {
    /** Knows none. */
    SecretSource NONE = reference -> Optional.empty();

    /** @param reference as a connector spells it: {@code account.x}, {@code org.x}, or {@code x} */
    Optional<Secret> secret(String reference);
}
