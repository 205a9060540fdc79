package dev.slipway.localecr.key;

import dev.slipway.foundation.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What {@code AssumeRole} gives out. The session token carries everything, signed, and the secret follows from the
 * access key id, so that nothing is remembered.
 */
public final class SessionCredentials {
    private static final String PURPOSE = "session token";
    private static final int ID_LENGTH = 16;
    private static final int SECRET_LENGTH = 40;

    private final ServerKey key;
    private final InstantSource clock;

    public SessionCredentials(ServerKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /**
     * Who the bearer is.
     *
     * @param arn of the session: {@code arn:aws:sts::<account>:assumed-role/<role>/<session>}
     */
    public record Session(String account, String arn, Instant expiresAt) {}

    /** Temporary credentials. */
    public record Issued(String accessKeyId, Secret secret, Secret sessionToken, Session session) {}

    public Issued issue(String account, String arn, Duration lifetime) {
        String random = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
        String id = "ASIA" + random.substring(0, ID_LENGTH);
        Session session = new Session(
                account,
                arn,
                Instant.ofEpochSecond(clock.instant().plus(lifetime).getEpochSecond()));
        String claim = String.join(
                "\n", id, account, arn, Long.toString(session.expiresAt().getEpochSecond()));
        String token = claim + "\n" + key.sign(PURPOSE, claim);
        return new Issued(
                id,
                secretOf(id),
                Secret.of(Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8))),
                session);
    }

    /** The secret of an access key id that this class gave out. */
    public Secret secretOf(String accessKeyId) {
        return Secret.of(key.sign("session secret", accessKeyId).substring(0, SECRET_LENGTH));
    }

    /** The session of a token that was given out together with the access key id; it may have expired. */
    public Optional<Session> read(String accessKeyId, String sessionToken) {
        try {
            String token = new String(Base64.getDecoder().decode(sessionToken), StandardCharsets.UTF_8);
            int end = Math.max(0, token.lastIndexOf('\n'));
            String claim = token.substring(0, end);
            String[] parts = claim.split("\n");
            if (!key.signed(PURPOSE, claim, token.substring(end).strip()) || !parts[0].equals(accessKeyId)) {
                return Optional.empty();
            }
            return Optional.of(new Session(parts[1], parts[2], Instant.ofEpochSecond(Long.parseLong(parts[3]))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
