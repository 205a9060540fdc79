package dev.slipway.step.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: entity identifiers. */
class IdentifierTest {
    @ParameterizedTest
    @CsvSource({
        "Build and Push, Build_and_Push",
        "build-1.2, build12",
        "'  a   b ', a_b",
        "1st, 1st",
        "a/b, ab",
        "Ärger, rger",
        "'', ''"
    })
    void isDerivedAsTheEditorDoes(String name, String expected) {
        assertThat(Identifier.derive(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "_", "Build_and_Push", "a1", "Step"})
    void takesLettersDigitsAndUnderscores(String text) {
        assertThat(new Identifier(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a-b", "a b", "a.b", "a$", "ä", "step", "stepGroup", "null", "status"})
    void refusesOthersAndReservedWords(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Identifier(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 128})
    void holdsAtMost128Characters(int length) {
        assertThat(new Identifier("a".repeat(length)).text()).hasSize(length);
        assertThatIllegalArgumentException().isThrownBy(() -> new Identifier("a".repeat(129)));
    }
}
