package dev.slipway.step.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: the step's schema, {@code timeout}. */
class TimeoutTest {
    @ParameterizedTest
    @CsvSource({
        "10s, PT10S",
        "60s, PT1M",
        "1m, PT1M",
        "2h, PT2H",
        "1w, PT168H",
        "1d2h, PT26H",
        "1h30m, PT1H30M",
        "1m20s, PT1M20S",
        "1m 20s, PT1M20S",
        "1m5s, PT1M5S",
        "100s, PT100S"
    })
    void readsDurations(String text, Duration expected) {
        assertThat(Timeout.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "9s", "01s", "0m", "5", "m", "20mm", "1 m", "1a", "1M", "1h  30m", " 1m", "1m ", "10sxyz", "10s1m",
                "-1m", "1.5h"
            })
    void refusesWhatTheSchemaRefuses(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Timeout.parse(text))
                .withMessage("a timeout is spelled like 10s, 45m, 1h 30m or 1d2h, and is 10s at least");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999h", "53w", "999999999w"})
    void refusesMoreThanAYear(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Timeout.parse(text))
                .withMessage("a timeout is at most a year");
    }
}
