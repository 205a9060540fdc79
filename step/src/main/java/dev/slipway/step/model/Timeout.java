package dev.slipway.step.model;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a step's time limit: whole numbers with the units {@code w d h m s}, e.g. {@code 1h 30m}. The schema of the step
 * wants 10 seconds at least where seconds stand alone, and no zero in front.
 */
public final class Timeout {
    private static final Pattern FORM = Pattern.compile("[1-9][0-9]+s|[1-9][0-9]*[mhwd](?:\\s?[0-9]+[smhwd])*+");
    private static final Pattern PART = Pattern.compile("([0-9]+)([smhwd])");
    private static final Duration LONGEST = Duration.ofDays(366);

    private Timeout() {}

    /** @throws IllegalArgumentException saying what is wrong */
    public static Duration parse(String text) {
        if (text.length() > 100 || !FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a timeout is spelled like 10s, 45m, 1h 30m or 1d2h, and is 10s at least");
        }
        Duration total = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            total = total.plus(duration(part.group(1), part.group(2).charAt(0)));
        }
        if (total.compareTo(LONGEST) > 0) {
            throw tooLong();
        }
        return total;
    }

    private static Duration duration(String digits, char unit) {
        if (digits.length() > 9) {
            throw tooLong();
        }
        long number = Long.parseLong(digits);
        return switch (unit) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default -> Duration.ofDays(7 * number);
        };
    }

    private static IllegalArgumentException tooLong() {
        return new IllegalArgumentException("a timeout is at most a year");
    }
}
