package dev.slipway.registry.auth;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.secret.Secret;

/** A user name and password for a registry. */
public record RegistryCredential(String username, Secret password) {
    public RegistryCredential {
        requireNonNull(username, "username is null");
        requireNonNull(password, "password is null");
    }
}
