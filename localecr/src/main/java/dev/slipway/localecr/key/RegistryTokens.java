package dev.slipway.localecr.key;

import dev.slipway.foundation.secret.Secret;
import dev.slipway.localecr.model.RegistryId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The passwords of user {@code AWS}. Like ECR's, a password is base64 of a JSON object of more than 1 kB that says when
 * it expires; unlike ECR's, it is signed, not encrypted. Nothing is remembered: a token cannot be revoked, at AWS neither.
 */
public final class RegistryTokens {
    private static final String PURPOSE = "registry token";
    private static final int FILLING = 1200;

    private final ServerKey key;
    private final InstantSource clock;
    private final Duration lifetime;

    public RegistryTokens(ServerKey key, InstantSource clock, Duration lifetime) {
        this.key = key;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** A token as it was given out. */
    public record Issued(Secret password, Instant expiresAt) {
        /** What {@code GetAuthorizationToken} answers: base64 of {@code AWS:password}. */
        public Secret authorizationToken() {
            String pair = "AWS:" + password.reveal();
            return Secret.of(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** What a genuine token says; it may have expired. */
    public record Grant(RegistryId registry, Instant expiresAt) {}

    public Issued issue(RegistryId registry) {
        Instant expiresAt = clock.instant().plus(lifetime);
        String payload = Base64.getEncoder()
                .encodeToString((registry.account() + ":" + registry.region() + ":")
                        .concat("-".repeat(FILLING))
                        .getBytes(StandardCharsets.UTF_8));
        String json = JsonMapper.shared()
                .writeValueAsString(JsonMapper.shared()
                        .createObjectNode()
                        .put("payload", payload)
                        .put("datakey", key.sign(PURPOSE, payload + "\n" + expiresAt.getEpochSecond()))
                        .put("version", "2")
                        .put("type", "DATA_KEY")
                        .put("expiration", expiresAt.getEpochSecond()));
        return new Issued(
                Secret.of(Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8))),
                Instant.ofEpochSecond(expiresAt.getEpochSecond()));
    }

    /** Empty for everything that was not issued with this key. */
    public Optional<Grant> read(Secret password) {
        try {
            JsonNode json = JsonMapper.shared().readTree(Base64.getDecoder().decode(password.reveal()));
            String payload = json.path("payload").stringValue("");
            long expiration = json.path("expiration").longValue(0);
            String signature = json.path("datakey").stringValue("");
            if (!key.signed(PURPOSE, payload + "\n" + expiration, signature)) {
                return Optional.empty();
            }
            String[] parts = new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8).split(":");
            return Optional.of(new Grant(new RegistryId(parts[0], parts[1]), Instant.ofEpochSecond(expiration)));
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** Whether the grant is past its end. */
    public boolean expired(Grant grant) {
        return !clock.instant().isBefore(grant.expiresAt());
    }
}
