package dev.slipway.localecr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of CreateRepository's {@code repositoryName}. */
class RepositoryNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"ab", "a1", "team/app", "a.b", "a_b", "a__b", "a-b", "a---b", "a/b/c", "1/2"})
    void takes(String name) {
        assertThat(RepositoryName.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "A",
                "App",
                "/a",
                "a/",
                "a//b",
                "-a",
                "a-",
                "a..b",
                "a___b",
                "a._b",
                "a b",
                "ä1",
                "../a",
                "a/..",
                "127.0.0.1:5000/app"
            })
    void refuses(String name) {
        assertThat(RepositoryName.isName(name)).isFalse();
    }

    @Test
    void takes256CharactersAndRefuses257() {
        assertThat(RepositoryName.isName("a".repeat(256))).isTrue();
        assertThat(RepositoryName.isName("a".repeat(257))).isFalse();
    }

    @Test
    void isDecidedFastForEveryInput() {
        assertThat(RepositoryName.isName("a-".repeat(127) + "a!")).isFalse();
    }

    @Test
    void refusesInEcrsWords() {
        assertThatThrownBy(() -> RepositoryName.parse("App"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("Invalid parameter at 'repositoryName' failed to satisfy constraint: ");
    }
}
