package dev.slipway.localecr.sigv4;

import dev.slipway.foundation.secret.Secret;
import dev.slipway.localecr.http.Call;
import dev.slipway.localecr.key.SessionCredentials;
import dev.slipway.localecr.key.SessionCredentials.Session;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.RegistryId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out who signed a request. Where no secrets are configured every well-formed signature passes; where some are,
 * unknown keys and wrong signatures are refused as AWS refuses them.
 */
public final class Callers {
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Map<String, AccessKey> keys = new LinkedHashMap<>();
    private final SessionCredentials sessions;
    private final String defaultAccount;
    private final InstantSource clock;
    private final boolean strict;

    public Callers(
            Collection<AccessKey> keys, SessionCredentials sessions, String defaultAccount, InstantSource clock) {
        keys.forEach(key -> this.keys.put(key.id(), key));
        this.sessions = sessions;
        this.defaultAccount = defaultAccount;
        this.clock = clock;
        this.strict = keys.stream().anyMatch(key -> key.secret().isPresent());
    }

    /** @throws dev.slipway.localecr.model.Refusal if the request is not signed for the service, or not rightly so */
    public Caller identify(Call call, byte[] body, String service) {
        SignedHeader header = SignedHeader.parse(call.header("Authorization").orElse(""));
        if (!header.service().equals(service)) {
            throw Reason.SIGNATURE_DIFFERS.refuse("Credential should be scoped to correct service: '" + service + "'.");
        }
        Optional<Session> session =
                call.header("X-Amz-Security-Token").flatMap(token -> sessions.read(header.accessKeyId(), token));
        if (session.isPresent()) {
            requireCurrent(session.get());
            verify(call, body, header, sessions.secretOf(header.accessKeyId()));
            return caller(header, session.get().account(), session.get().arn());
        }
        AccessKey known = keys.get(header.accessKeyId());
        if (known == null && strict) {
            throw Reason.CALLER_UNKNOWN.refuse("The security token included in the request is invalid.");
        }
        if (known != null && known.secret().isPresent()) {
            verify(call, body, header, known.secret().get());
        }
        String account = known == null ? defaultAccount : known.account();
        return caller(header, account, "arn:aws:iam::" + account + ":user/" + header.accessKeyId());
    }

    private static Caller caller(SignedHeader header, String account, String arn) {
        return new Caller(header.accessKeyId(), arn, new RegistryId(account, header.region()));
    }

    private void requireCurrent(Session session) {
        if (!clock.instant().isBefore(session.expiresAt())) {
            throw Reason.TOKEN_EXPIRED.refuse("The security token included in the request is expired");
        }
    }

    private void verify(Call call, byte[] body, SignedHeader header, Secret secret) {
        requireRecent(call.header("X-Amz-Date").orElse(""), header);
        byte[] expected = SignatureV4.of(call, body, header, secret).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, header.signature().getBytes(StandardCharsets.US_ASCII))) {
            throw Reason.SIGNATURE_DIFFERS.refuse(
                    "The request signature we calculated does not match the signature you provided. Check your AWS "
                            + "Secret Access Key and signing method. Consult the service documentation for details.");
        }
    }

    private void requireRecent(String stamp, SignedHeader header) {
        Instant signed;
        try {
            signed = STAMP.parse(stamp, Instant::from);
        } catch (DateTimeException e) {
            throw Reason.SIGNATURE_INCOMPLETE.refuse("Date must be in ISO-8601 'basic format'. Got '" + stamp + "'.");
        }
        Instant now = clock.instant();
        if (!stamp.startsWith(header.date())) {
            throw Reason.SIGNATURE_DIFFERS.refuse("Date in Credential scope does not match YYYYMMDD from ISO-8601 "
                    + "version of date from HTTP: '" + header.date() + "' != '" + stamp + "'.");
        }
        if (signed.isBefore(now.minus(SKEW))) {
            throw Reason.SIGNATURE_DIFFERS.refuse("Signature expired: " + stamp + " is now earlier than "
                    + STAMP.format(now.minus(SKEW)) + " (" + STAMP.format(now) + " - 5 min.)");
        }
        if (signed.isAfter(now.plus(SKEW))) {
            throw Reason.SIGNATURE_DIFFERS.refuse("Signature not yet current: " + stamp + " is still later than "
                    + STAMP.format(now.plus(SKEW)) + " (" + STAMP.format(now) + " + 5 min.)");
        }
    }
}
