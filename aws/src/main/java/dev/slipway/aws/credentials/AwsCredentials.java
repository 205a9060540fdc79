package dev.slipway.aws.credentials;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.secret.Secret;
import java.util.Optional;

/**
 * An access key.
 *
 * @param sessionToken present with a key that ends after some time, whose id begins with {@code ASIA}
 */
public record AwsCredentials(String accessKeyId, Secret secretKey, Optional<Secret> sessionToken) {
    private static final String TEMPORARY = "ASIA";

    public AwsCredentials {
        requireNonNull(secretKey, "secretKey is null");
        requireNonNull(sessionToken, "sessionToken is null");
        if (accessKeyId.isBlank() || secretKey.reveal().isBlank()) {
            throw new IllegalArgumentException("an access key has an id and a secret");
        }
        if (accessKeyId.startsWith(TEMPORARY) && sessionToken.isEmpty()) {
            throw new IllegalArgumentException("an access key that begins with ASIA needs its session token");
        }
    }
}
