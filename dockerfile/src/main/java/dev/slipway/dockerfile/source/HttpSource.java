package dev.slipway.dockerfile.source;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.secret.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * A file behind an http or https address.
 *
 * @param address without user information and fragment
 * @param userInfo {@code user:password} as the URL has it, percent-decoded
 * @param fileName the last element of the path, else {@value #UNNAMED}
 * @param digest that the file must have, where {@code --checksum} says it
 */
public record HttpSource(URI address, Optional<Secret> userInfo, String fileName, Optional<ContentDigest> digest)
        implements SourceReference {
    /** What a file is called whose address has no path. */
    public static final String UNNAMED = "__unnamed__";

    public HttpSource {
        requireNonNull(address, "address is null");
        requireNonNull(userInfo, "userInfo is null");
        requireNonNull(fileName, "fileName is null");
        requireNonNull(digest, "digest is null");
    }

    /** The same, with a digest that the file must have. */
    public HttpSource digest(ContentDigest expected) {
        return new HttpSource(address, userInfo, fileName, Optional.of(expected));
    }

    @Override
    public String display() {
        return Credentials.redact(address.toString());
    }

    @Override
    public String toString() {
        return display();
    }
}
