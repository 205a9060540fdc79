package dev.slipway.localecr.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.secret.Secret;
import dev.slipway.localecr.model.RegistryId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens and session credentials, signed by a key on the disk. */
class RegistryTokensIT {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.5Z");
    private static final RegistryId REGISTRY = new RegistryId("000000000001", "eu-west-1");

    @TempDir
    private Path folder;

    private ServerKey key;
    private RegistryTokens tokens;

    @BeforeEach
    void open() throws IOException {
        key = ServerKey.of(folder.resolve("key"));
        tokens = at(NOW);
    }

    private RegistryTokens at(Instant now) {
        return new RegistryTokens(key, InstantSource.fixed(now), Duration.ofHours(12));
    }

    @Test
    void saysWhoseItIsAndWhenItEnds() {
        RegistryTokens.Issued issued = tokens.issue(REGISTRY);

        assertThat(tokens.read(issued.password()))
                .contains(new RegistryTokens.Grant(REGISTRY, Instant.parse("2026-11-24T00:00:00Z")));
        assertThat(issued.expiresAt()).isEqualTo("2026-11-24T00:00:00Z");
    }

    @Test
    void endsAtItsEndAndNotBefore() {
        RegistryTokens.Grant grant =
                tokens.read(tokens.issue(REGISTRY).password()).orElseThrow();

        assertThat(at(grant.expiresAt().minusMillis(1)).expired(grant)).isFalse();
        assertThat(at(grant.expiresAt()).expired(grant)).isTrue();
    }

    @Test
    void isBase64OfUserAndPassword() {
        RegistryTokens.Issued issued = tokens.issue(REGISTRY);

        String pair = new String(
                Base64.getDecoder().decode(issued.authorizationToken().reveal()), StandardCharsets.UTF_8);
        assertThat(pair).isEqualTo("AWS:" + issued.password().reveal());
    }

    @Test
    void cannotBeProlonged() {
        String json = new String(
                Base64.getDecoder().decode(tokens.issue(REGISTRY).password().reveal()), StandardCharsets.UTF_8);
        String longer = json.replaceFirst("\"expiration\":[0-9]+", "\"expiration\":9999999999");

        assertThat(longer).isNotEqualTo(json);
        assertThat(tokens.read(Secret.of(Base64.getEncoder().encodeToString(longer.getBytes(StandardCharsets.UTF_8)))))
                .isEmpty();
    }

    @Test
    void isNothingToAnotherKey() throws IOException {
        RegistryTokens others = new RegistryTokens(
                ServerKey.of(folder.resolve("other")), InstantSource.fixed(NOW), Duration.ofHours(12));

        assertThat(others.read(tokens.issue(REGISTRY).password())).isEmpty();
        assertThat(tokens.read(Secret.of(""))).isEmpty();
        assertThat(tokens.read(Secret.of("e30="))).isEmpty();
    }

    @Test
    void keepsItsKeyForItsOwner() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void tiesASessionToItsAccessKey() {
        SessionCredentials sessions = new SessionCredentials(key, InstantSource.fixed(NOW));
        SessionCredentials.Issued one = sessions.issue("000000000001", "arn:one", Duration.ofHours(1));
        SessionCredentials.Issued two = sessions.issue("000000000001", "arn:two", Duration.ofHours(1));

        assertThat(one.accessKeyId()).matches("ASIA[0-9A-F]{16}");
        assertThat(sessions.read(one.accessKeyId(), one.sessionToken().reveal()))
                .contains(one.session());
        assertThat(sessions.read(two.accessKeyId(), one.sessionToken().reveal()))
                .isEmpty();
        assertThat(sessions.read(one.accessKeyId(), "nonsense")).isEmpty();
        assertThat(sessions.secretOf(one.accessKeyId())).isEqualTo(one.secret()).isNotEqualTo(two.secret());
    }
}
