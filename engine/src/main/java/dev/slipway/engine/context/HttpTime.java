package dev.slipway.engine.context;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Times in the three shapes that HTTP allows.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7">RFC 9110, 5.6.7</a>
 */
final class HttpTime {
    private static final List<DateTimeFormatter> SHAPES = List.of(
            shape("EEE, dd MMM yyyy HH:mm:ss 'GMT'"),
            shape("EEEE, dd-MMM-yy HH:mm:ss 'GMT'"),
            shape("EEE MMM ppd HH:mm:ss yyyy"));

    private HttpTime() {}

    /** Empty for text that is no time. */
    static Optional<Instant> parse(String text) {
        for (DateTimeFormatter shape : SHAPES) {
            try {
                return Optional.of(LocalDateTime.parse(text.strip(), shape).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException _) {
                // perhaps the next shape
            }
        }
        return Optional.empty();
    }

    private static DateTimeFormatter shape(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US);
    }
}
