package dev.slipway.dockerfile.source;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.secret.Secret;

/**
 * Where a repository is.
 *
 * @param display without credentials, for people
 * @param url as git takes it; may hold credentials
 */
public record GitRemote(String display, Secret url) {
    public GitRemote {
        requireNonNull(display, "display is null");
        requireNonNull(url, "url is null");
    }

    /** The remote of a URL that git takes. */
    static GitRemote of(String url) {
        return new GitRemote(Credentials.redact(url), Secret.of(url));
    }

    @Override
    public String toString() {
        return display;
    }
}
