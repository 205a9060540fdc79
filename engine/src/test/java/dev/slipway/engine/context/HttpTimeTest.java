package dev.slipway.engine.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, 5.6.7: one time in its three shapes. */
class HttpTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", " Sun, 06 Nov 1994 08:49:37 GMT "})
    void shapes(String text) {
        assertThat(HttpTime.parse(text)).contains(Instant.parse("1994-11-06T08:49:37Z"));
    }

    /** Years of two digits are those nearest to now that are not 50 years ahead. */
    @ParameterizedTest
    @ValueSource(strings = {"Tuesday, 06-Nov-18 08:49:37 GMT"})
    void theObsoleteShape(String text) {
        assertThat(HttpTime.parse(text)).contains(Instant.parse("2018-11-06T08:49:37Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "0", "-1", "1994-11-06T08:49:37Z", "Mon, 06 Nov 1994 08:49:37 GMT"})
    void othersAreNoTimes(String text) {
        assertThat(HttpTime.parse(text)).isEmpty();
    }
}
