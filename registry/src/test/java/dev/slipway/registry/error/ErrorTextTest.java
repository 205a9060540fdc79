package dev.slipway.registry.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.secret.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Distribution-spec 1.1, "Error Codes", and the forms of token services and proxies. */
class ErrorTextTest {
    @Test
    void readsCodesAndMessages() {
        ErrorText text = parse(
                "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\",\"detail\":{}},{\"code\":\"unsupported\"}]}");
        assertThat(text.codes()).containsExactly("DENIED", "UNSUPPORTED");
        assertThat(text.message()).isEqualTo("no");
        assertThat(text.asSuffix()).isEqualTo(" DENIED, UNSUPPORTED (no)");
    }

    @Test
    void readsWhatTokenServicesSay() {
        assertThat(parse("{\"details\":\"incorrect username or password\"}").message())
                .isEqualTo("incorrect username or password");
        assertThat(parse("{\"error\":\"denied\",\"message\":\"no\"}").asSuffix())
                .isEqualTo(" DENIED (no)");
    }

    @Test
    void takesPlainTextAndMarkupAsTheyAre() {
        assertThat(parse("Not Authorized\n").asSuffix()).isEqualTo(" (Not Authorized)");
        assertThat(parse("<html><body><h1>502 Bad Gateway</h1></body></html>").message())
                .isEqualTo("502 Bad Gateway");
        assertThat(parse("").asSuffix()).isEmpty();
        assertThat(parse("{broken").message()).isEqualTo("{broken");
        assertThat(parse("{\"errors\":\"x\"}").codes()).isEmpty();
    }

    @Test
    void isOneShortLineWithoutControlCharacters() {
        assertThat(parse("a\u001b[31mb\r\nc\u202e").message()).isEqualTo("a [31mb c");
        assertThat(parse("x".repeat(100_000)).message()).hasSizeLessThan(700);
    }

    @Test
    void neverRepeatsASecret() {
        ErrorText text = ErrorText.parse(
                "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"token hunter2 is bad\"}]}",
                List.of(Secret.of("hunter2"), Secret.of("")));
        assertThat(text.message()).isEqualTo("token *** is bad");
    }

    private static ErrorText parse(String body) {
        return ErrorText.parse(body, List.of());
    }
}
