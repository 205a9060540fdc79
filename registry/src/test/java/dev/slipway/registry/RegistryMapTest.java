package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.image.reference.ImageReference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryMapTest {
    @ParameterizedTest
    @CsvSource({
        "busybox, https://registry-1.docker.io/v2/library/busybox/x",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app, https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/app/x",
        "registry.example:8443/a/b, https://registry.example:8443/v2/a/b/x",
        "localhost:5000/a, http://localhost:5000/v2/a/x",
        "127.0.0.1:5000/a, http://127.0.0.1:5000/v2/a/x",
        "[::1]:5000/a, http://[::1]:5000/v2/a/x",
    })
    void registriesAnswerUnderTheirOwnName(String image, String address) {
        RegistryTarget target = RegistryMap.none().target(ImageReference.parse(image));
        assertThat(target.resolve("x")).hasToString(address);
        assertThat(target.mirrored()).isFalse();
    }

    @Test
    void anEntryMovesARegistryBelowAPath() {
        RegistryMap map = RegistryMap.parse(List.of("docker.io=http://127.0.0.1:5000/mirror"));
        RegistryTarget target = map.target(ImageReference.parse("busybox"));

        assertThat(target.resolve("manifests/latest"))
                .hasToString("http://127.0.0.1:5000/v2/mirror/library/busybox/manifests/latest");
        assertThat(target.remoteRepository()).isEqualTo("mirror/library/busybox");
        assertThat(target.name()).isEqualTo("docker.io/library/busybox");
        assertThat(target.mirrored()).isTrue();
        assertThat(map.target(ImageReference.parse("quay.io/a/b")).mirrored()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker.io=https://m.example",
                "docker.io=https://m.example/",
                " docker.io = https://m.example/// "
            })
    void aTrailingSlashMeansNothing(String entry) {
        assertThat(RegistryMap.parse(List.of(entry)).target("docker.io", "a").resolve("x"))
                .hasToString("https://m.example/v2/a/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker.io",
                "=https://m.example",
                "docker.io=m.example",
                "docker.io=ftp://m.example",
                "docker.io=https://",
                "docker.io=https://user:secret@m.example",
                "docker.io=https://m.example?x=1",
                "docker.io=https://u:secret@m example",
            })
    void refusesWhatIsNoAddress(String entry) {
        assertThatThrownBy(() -> RegistryMap.parse(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }
}
