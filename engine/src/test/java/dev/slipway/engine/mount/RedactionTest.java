package dev.slipway.engine.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Secrets never appear in any output. */
class RedactionTest {
    @Test
    void aValueIsTakenOutWhereverItStands() {
        Redaction redaction = new Redaction(List.of("s3cret\n", "other-one"));

        assertThat(redaction.of("s3cret")).isEqualTo("***");
        assertThat(redaction.of("a s3crets3cret b other-one")).isEqualTo("a ****** b ***");
        assertThat(redaction.of("s3cre t")).isEqualTo("s3cre t");
        assertThat(redaction.of("")).isEmpty();
    }

    @Test
    void ofValuesThatBeginAlikeTheLongestIsTakenOut() {
        assertThat(new Redaction(List.of("abcd", "abcdefgh")).of("x abcdefgh abcdef"))
                .isEqualTo("x *** ***ef");
    }

    @Test
    void eachLineOfAKeyIsASecret() {
        Redaction redaction = new Redaction(List.of("-----BEGIN KEY-----\nMIIEvQIBADAN\nBg==\n-----END KEY-----\n"));

        assertThat(redaction.of("key: MIIEvQIBADAN")).isEqualTo("key: ***");
        assertThat(redaction.of("Bg=="))
                .as("too short to be told from other text")
                .isEqualTo("Bg==");
    }

    @Test
    void withoutSecretsNothingIsTakenOut() {
        assertThat(new Redaction(List.of()).of("text")).isEqualTo("text");
        assertThat(new Redaction(List.of("", "abc")).of("abc")).isEqualTo("abc");
    }
}
