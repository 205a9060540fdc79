package dev.slipway.dockerfile.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: RFC 8259; Dockerfile reference, shell and exec form. */
class JsonStringsTest {
    @Test
    void readsArraysOfStrings() {
        assertThat(JsonStrings.read("[]")).hasValue(List.of());
        assertThat(JsonStrings.read(" [ ] ").orElseThrow()).isEmpty();
        assertThat(JsonStrings.read("[\"a\"]").orElseThrow()).containsExactly("a");
        assertThat(JsonStrings.read("[ \"a\" ,\t\"b c\" ]").orElseThrow()).containsExactly("a", "b c");
        assertThat(JsonStrings.read("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]").orElseThrow())
                .containsExactly("\"\\/\b\f\n\r\t");
        assertThat(JsonStrings.read("[\"\\u00e9\\ud83d\\ude80é\"]").orElseThrow())
                .containsExactly("é🚀é");
        assertThat(JsonStrings.read("[\"\\ud800x\"]").orElseThrow()).containsExactly("\uFFFDx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "\"a\"",
                "{}",
                "[",
                "[\"a\"",
                "[\"a\",]",
                "[,]",
                "['a']",
                "[a]",
                "[\"a\" \"b\"]",
                "[\"a\"]tail",
                "[\"a\"] [\"b\"]",
                "[\"a\n\"]",
                "[\"\\x\"]",
                "[\"\\u12g4\"]",
                "[\"a]",
                "[ -f x ]",
                "[[ -f x ]]",
                "[01]",
                "[1.]",
                "[1e]",
                "[tru]",
                "[{\"a\"}]",
                "[{a:1}]",
                "[\"\\u٠٠٠٠\"]"
            })
    void everythingElseIsAnotherForm(String text) {
        assertThat(JsonStrings.read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "[-0.5e+3]",
                "[\"a\", 1]",
                "[null]",
                "[true, false]",
                "[[\"a\"]]",
                "[{}]",
                "[{\"a\": [1, {}]}]"
            })
    void refusesArraysOfOtherThings(String text) {
        assertThatThrownBy(() -> JsonStrings.read(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("strings only");
    }

    @Test
    void deepNestingIsNoArrayOfStrings() {
        assertThat(JsonStrings.read("[".repeat(100_000) + "]".repeat(100_000))).isEmpty();
        assertThat(JsonStrings.read("[" + "{\"a\":".repeat(100_000))).isEmpty();
    }
}
