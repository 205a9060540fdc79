package dev.slipway.step.model;

import static java.util.Objects.requireNonNull;

/** A value that is written into the connector, or into a secret: {@code accessKey} or {@code accessKeyRef}. */
public sealed interface SettingOrSecret {
    /** Written in the open. */
    record Plain(String text) implements SettingOrSecret {
        public Plain {
            if (text.isBlank()) {
                throw new IllegalArgumentException("it is empty");
            }
        }
    }

    /** Kept as a secret. */
    record BySecret(Reference secret) implements SettingOrSecret {
        public BySecret {
            requireNonNull(secret, "secret is null");
        }
    }
}
