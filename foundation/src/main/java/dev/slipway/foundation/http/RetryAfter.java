package dev.slipway.foundation.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The pause that a service asks for. A date is read against the answer's own {@code Date}, so that clocks need not agree.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110, 10.2.3</a>
 */
public final class RetryAfter {
    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /** Empty if the answer asks for nothing, or for nothing that can be read. */
    public static Optional<Duration> of(HttpAnswer answer) {
        return answer.header("Retry-After").flatMap(value -> parse(value.strip(), answer.header("Date")));
    }

    private static Optional<Duration> parse(String value, Optional<String> date) {
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return value.length() > MOST_DIGITS
                    ? Optional.empty()
                    : Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        Optional<Duration> between =
                time(value).flatMap(until -> date.flatMap(RetryAfter::time).map(now -> Duration.between(now, until)));
        return between.map(pause -> pause.isNegative() ? Duration.ZERO : pause);
    }

    private static Optional<ZonedDateTime> time(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
