package dev.slipway.registry.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.secret.Secret;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.registry.RegistryMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference: docker login, "Credential stores"; containers-auth.json(5), "FORMAT". */
class DockerConfigKeychainTest {
    /** {@code dTpw} is the base64 of {@code u:p}. */
    private static final String U_P = "{\"auth\":\"dTpw\"}";

    @ParameterizedTest
    @CsvSource({
        "https://index.docker.io/v1/, busybox",
        "index.docker.io, team/app",
        "docker.io, busybox",
        "registry.example:5000, registry.example:5000/app",
        "https://registry.example, registry.example/a/b",
        "http://registry.example/v2/, registry.example/a/b",
        "registry.example/team, registry.example/team/app",
    })
    void findsTheEntryOfARegistry(String key, String image) {
        assertThat(find("{\"auths\":{\"" + key + "\":" + U_P + "}}", image))
                .contains(new RegistryCredential("u", Secret.of("p")));
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example, other.example/app",
        "registry.example, registry.example:5000/app",
        "example, registry.example/app",
        "registry.example/team, registry.example/teamwork/app",
    })
    void givesNoEntryToAnother(String key, String image) {
        assertThat(find("{\"auths\":{\"" + key + "\":" + U_P + "}}", image)).isEmpty();
    }

    @Test
    void theLongestNameWins() {
        String config = """
                {"auths":{"r.example":{"username":"all","password":"1"},
                          "r.example/a/b":{"username":"narrow","password":"2"},
                          "r.example/a":{"username":"wide","password":"3"}}}""";
        assertThat(find(config, "r.example/a/b/c").map(RegistryCredential::username))
                .contains("narrow");
        assertThat(find(config, "r.example/a/x").map(RegistryCredential::username))
                .contains("wide");
        assertThat(find(config, "r.example/x").map(RegistryCredential::username))
                .contains("all");
    }

    @Test
    void aPasswordMayHoldColons() {
        // base64 of AWS:a:b
        assertThat(find("{\"auths\":{\"r.example\":{\"auth\":\"QVdTOmE6Yg==\"}}}", "r.example/x"))
                .contains(new RegistryCredential("AWS", Secret.of("a:b")));
    }

    @Test
    void aMirrorIsNotGivenTheCredentialOfTheRegistryThatItMirrors() {
        RegistryMap map = RegistryMap.parse(List.of("docker.io=https://mirror.example/hub"));
        Keychain hub = keychain("{\"auths\":{\"docker.io\":" + U_P + "}}");
        Keychain mirror = keychain("{\"auths\":{\"mirror.example\":" + U_P + "}}");

        assertThat(hub.credentialFor(map.target("docker.io", "library/busybox")))
                .isEmpty();
        assertThat(mirror.credentialFor(map.target("docker.io", "library/busybox")))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"auths\":{}}",
                "{\"auths\":{\"r.example\":{}}}",
                "{\"credsStore\":\"desktop\",\"auths\":{\"r.example\":{}}}",
                "{\"auths\":{\"r.example\":{\"identitytoken\":\"t\"}}}",
            })
    void whatHasNoPasswordIsUnknown(String config) {
        assertThat(find(config, "r.example/x")).isEmpty();
    }

    @Test
    void refusesWhatIsNotSuchAFileWithoutShowingIt() {
        assertThatThrownBy(() -> keychain("{\"auths\":{\"r.example\":{\"auth\":\"hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> keychain("{\"auths\":{\"r.example\":{\"auth\":\"hunter2!\"}}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("r.example")
                .hasMessageNotContaining("hunter2");
    }

    private static Optional<RegistryCredential> find(String config, String image) {
        return keychain(config).credentialFor(RegistryMap.none().target(ImageReference.parse(image)));
    }

    private static Keychain keychain(String config) {
        return DockerConfigKeychain.parse(config.getBytes(UTF_8));
    }
}
