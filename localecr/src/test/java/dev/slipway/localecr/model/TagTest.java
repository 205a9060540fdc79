package dev.slipway.localecr.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: distribution-spec 1.1.1, the grammar of a tag. */
class TagTest {
    @ParameterizedTest
    @ValueSource(strings = {"latest", "1.0", "_", "A-b_c.D"})
    void takes(String tag) {
        assertThat(Tag.isTag(tag)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-a", "1.0+2", "a/b", "a:b", "ä"})
    void refuses(String tag) {
        assertThat(Tag.isTag(tag)).isFalse();
    }

    @Test
    void takes128CharactersAndRefuses129() {
        assertThat(Tag.isTag("a".repeat(128))).isTrue();
        assertThat(Tag.isTag("a".repeat(129))).isFalse();
    }
}
