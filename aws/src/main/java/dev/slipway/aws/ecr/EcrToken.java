package dev.slipway.aws.ecr;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.registry.auth.RegistryCredential;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A user name and password for the registries of a region, and how long they last.
 *
 * @param renewAt from when on a new one is got, at half of its life
 */
record EcrToken(RegistryCredential credential, Instant renewAt, Instant expiresAt) {
    EcrToken {
        requireNonNull(credential, "credential is null");
        requireNonNull(renewAt, "renewAt is null");
        requireNonNull(expiresAt, "expiresAt is null");
    }

    /**
     * Reads {@code authorizationToken}: user name and password in Base64, parted by the first colon.
     *
     * @param now when it was given
     */
    static EcrToken of(String authorizationToken, Instant now, Instant expiresAt) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(authorizationToken), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        int colon = pair.indexOf(':');
        if (colon <= 0) {
            throw malformed();
        }
        RegistryCredential credential =
                new RegistryCredential(pair.substring(0, colon), Secret.of(pair.substring(colon + 1)));
        return new EcrToken(
                credential, now.plus(Duration.between(now, expiresAt).dividedBy(2)), expiresAt);
    }

    boolean isFresh(Instant now) {
        return now.isBefore(renewAt);
    }

    boolean isUsable(Instant now) {
        return now.isBefore(expiresAt);
    }

    private static ServiceException malformed() {
        return new ServiceException(Problem.of("get a token of ECR", "the token is not user:password in Base64"));
    }
}
