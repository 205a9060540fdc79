package dev.slipway.step.model;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Amounts of memory and CPU.
 *
 * @param memoryBytes at least 1
 * @param cpuMillis thousandths of a core, at least 1
 */
public record Amounts(OptionalLong memoryBytes, OptionalLong cpuMillis) {
    private static final Pattern MEMORY = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)(G|M|Gi|Mi)?");
    private static final Pattern CPU = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(m)?");
    private static final Map<String, Long> UNITS =
            Map.of("G", 1_000_000_000L, "M", 1_000_000L, "Gi", 1L << 30, "Mi", 1L << 20);
    private static final BigDecimal MOST_BYTES = BigDecimal.valueOf(1L << 50);

    public Amounts {
        requireNonNull(memoryBytes, "memoryBytes is null");
        requireNonNull(cpuMillis, "cpuMillis is null");
    }

    /** Reads {@code 500Mi}, {@code 2G}, {@code 1.5Gi} or a plain number of bytes. */
    public static long parseMemory(String text) {
        Matcher matcher = MEMORY.matcher(text);
        if (!matcher.matches()) {
            throw memoryFault();
        }
        String unit = matcher.group(2);
        if (unit == null && matcher.group(1).contains(".")) {
            throw memoryFault();
        }
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor(unit)));
        if (bytes.compareTo(BigDecimal.ONE) < 0 || bytes.compareTo(MOST_BYTES) > 0) {
            throw new IllegalArgumentException("it is between 1 byte and 1 PiB");
        }
        return bytes.longValue();
    }

    /** Reads {@code 0.1}, {@code 100m} or {@code 2}. */
    public static long parseCpu(String text) {
        Matcher matcher = CPU.matcher(text);
        if (!matcher.matches() || (matcher.group(2) != null && matcher.group(1).contains("."))) {
            throw new IllegalArgumentException("CPU is a number of cores like 0.1, or of thousandths like 100m");
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        BigDecimal millis = matcher.group(2) == null ? number.movePointRight(3) : number;
        if (millis.compareTo(BigDecimal.ONE) < 0) {
            throw new IllegalArgumentException("it is at least 1m");
        }
        return millis.longValue();
    }

    private static long factor(@Nullable String unit) {
        return unit == null ? 1 : UNITS.getOrDefault(unit, 1L);
    }

    private static IllegalArgumentException memoryFault() {
        return new IllegalArgumentException("memory is a plain number of bytes, or a number with G, M, Gi or Mi");
    }
}
