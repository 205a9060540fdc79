package dev.slipway.registry.auth;

import static java.util.Objects.requireNonNull;

/**
 * What a token is to allow.
 *
 * @param repository its name at the endpoint
 * @param push whether writing is asked for, besides reading
 * @see <a href="https://distribution.github.io/distribution/spec/auth/scope/">token scopes</a>
 */
public record Scope(String repository, boolean push) {
    public Scope {
        requireNonNull(repository, "repository is null");
    }

    @Override
    public String toString() {
        return "repository:" + repository + (push ? ":pull,push" : ":pull");
    }
}
