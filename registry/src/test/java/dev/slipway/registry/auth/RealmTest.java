package dev.slipway.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.error.MalformedAnswerException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials go to the address that a challenge names: it must be encrypted, or be no worse than the registry's own. */
class RealmTest {
    @ParameterizedTest
    @CsvSource({
        "docker.io, https://auth.docker.io/token",
        "127.0.0.1:5000, https://auth.example/token",
        "127.0.0.1:5000, http://127.0.0.1:5000/token",
        "127.0.0.1:5000, http://localhost:5001/token",
    })
    void takes(String registry, String realm) throws IOException {
        assertThat(realm(registry, realm)).hasToString(realm);
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io, http://auth.docker.io/token",
        "docker.io, http://127.0.0.1/token",
        "127.0.0.1:5000, http://auth.example/token",
        "127.0.0.1:5000, http://169.254.169.254/latest",
        "docker.io, https://user@auth.docker.io/token",
        "docker.io, file:///etc/passwd",
        "docker.io, /token",
        "docker.io, ''",
    })
    void refuses(String registry, String realm) {
        assertThatThrownBy(() -> realm(registry, realm)).isInstanceOf(MalformedAnswerException.class);
    }

    private static URI realm(String registry, String realm) throws IOException {
        return Realm.of(
                new Challenge("bearer", Map.of("realm", realm)),
                RegistryMap.none().target(registry, "a"));
    }
}
