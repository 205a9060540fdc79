package dev.slipway.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, 10.2.3. */
class RetryAfterTest {
    private static final String NOW = "Fri, 31 Dec 1999 23:59:00 GMT";

    @ParameterizedTest
    @CsvSource({
        "120, PT2M",
        "0, PT0S",
        "'Fri, 31 Dec 1999 23:59:59 GMT', PT59S",
        "'Fri, 31 Dec 1999 23:00:00 GMT', PT0S",
    })
    void readsSecondsAndDates(String value, Duration pause) {
        assertThat(RetryAfter.of(answer(Map.of("Retry-After", value, "Date", NOW))))
                .contains(pause);
    }

    @ParameterizedTest
    @CsvSource({"soon", "-1", "99999999999999999999", "''", "1.5"})
    void leavesOutWhatCannotBeRead(String value) {
        assertThat(RetryAfter.of(answer(Map.of("Retry-After", value, "Date", NOW))))
                .isEmpty();
        assertThat(RetryAfter.of(answer(Map.of("Retry-After", NOW)))).isEmpty();
        assertThat(RetryAfter.of(answer(Map.of()))).isEmpty();
    }

    private static HttpAnswer answer(Map<String, String> headers) {
        return new HttpAnswer() {
            @Override
            public int status() {
                return 429;
            }

            @Override
            public Optional<String> header(String name) {
                return Optional.ofNullable(headers.get(name));
            }

            @Override
            public InputStream body() {
                return InputStream.nullInputStream();
            }

            @Override
            public URI uri() {
                return URI.create("https://r.example/");
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }
}
