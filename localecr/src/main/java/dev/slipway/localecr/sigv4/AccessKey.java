package dev.slipway.localecr.sigv4;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.secret.Secret;
import dev.slipway.localecr.model.RegistryId;
import java.util.Optional;

/**
 * A caller whom the stand-in knows.
 *
 * @param id e.g. {@code AKIAIOSFODNN7EXAMPLE}
 * @param account whose registry the caller means
 * @param secret where given, signatures must fit it
 */
public record AccessKey(String id, String account, Optional<Secret> secret) {
    public AccessKey {
        requireNonNull(id, "id is null");
        requireNonNull(secret, "secret is null");
        if (!RegistryId.isAccount(account)) {
            throw new IllegalArgumentException("not an account id: " + account);
        }
    }
}
