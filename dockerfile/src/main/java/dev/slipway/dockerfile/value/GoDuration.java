package dev.slipway.dockerfile.value;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as HEALTHCHECK takes them: {@code 1m30s}, {@code 500ms}, {@code 1.5h}.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">Go, time.ParseDuration</a>
 */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
    private static final int LONGEST_TEXT = 100;
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /** @throws InvalidInputException without a place */
    public static Duration parse(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        if (rest.isEmpty() || rest.length() > LONGEST_TEXT) {
            throw bad(text, "not a duration");
        }
        BigInteger nanos = BigInteger.ZERO;
        Matcher part = PART.matcher(rest);
        int at = 0;
        while (at < rest.length()) {
            if (!part.region(at, rest.length()).lookingAt()) {
                throw bad(text, "not a number with a unit: '" + rest.substring(at) + "'");
            }
            BigDecimal amount = new BigDecimal(part.group(1).endsWith(".") ? part.group(1) + "0" : part.group(1));
            nanos = nanos.add(amount.multiply(BigDecimal.valueOf(nanosOf(part.group(2))))
                    .setScale(0, RoundingMode.DOWN)
                    .toBigInteger());
            at = part.end();
        }
        if (nanos.compareTo(LARGEST) > 0) {
            throw bad(text, "longer than 292 years");
        }
        return Duration.ofNanos(negative ? -nanos.longValueExact() : nanos.longValueExact());
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 1_000L;
        };
    }

    private static InvalidInputException bad(String text, String why) {
        return new InvalidInputException(
                new Problem("", "duration '" + text + "'", why, "write e.g. 30s, 1m30s or 500ms"));
    }
}
