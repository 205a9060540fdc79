package dev.slipway.dockerfile.value;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes such as {@code 128m} or {@code 1.5GiB}; every unit is a power of 1024. */
public final class ByteSize {
    private static final Pattern SIZE =
            Pattern.compile("([0-9]{1,18}\\.?[0-9]{0,18}|\\.[0-9]{1,18}) ?(?:([kmgtp])i?b|([kmgtp])|b)?");
    private static final String UNITS = "kmgtp";

    private ByteSize() {}

    /** @throws InvalidInputException without a place */
    public static long parse(String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (size.matches()) {
            String unit = Objects.requireNonNullElse(size.group(2), Objects.requireNonNullElse(size.group(3), ""));
            int power = unit.isEmpty() ? 0 : UNITS.indexOf(unit) + 1;
            BigDecimal bytes = new BigDecimal(size.group(1))
                    .multiply(BigDecimal.valueOf(1L << (10 * power)))
                    .setScale(0, RoundingMode.DOWN);
            if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return bytes.longValueExact();
            }
        }
        throw new InvalidInputException(new Problem("", "size '" + text + "'", "not a size", "write e.g. 64m or 1.5g"));
    }
}
