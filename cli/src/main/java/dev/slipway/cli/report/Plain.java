package dev.slipway.cli.report;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Foreign text, sizes and times as plain text for people. */
public final class Plain {
    /** Control sequences of terminals (ECMA-48, 5.4), operating system commands among them. */
    private static final Pattern ESCAPES =
            Pattern.compile("\\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?|[ -/]*[0-~])");

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\t]]");
    private static final long KILO = 1000;

    private Plain() {}

    /** One line of foreign text: without terminal sequences and control characters; of overwritten text the last. */
    public static String text(String line) {
        String visible = ESCAPES.matcher(line.stripTrailing()).replaceAll("");
        String last = visible.substring(visible.lastIndexOf('\r') + 1);
        return CONTROLS.matcher(last).replaceAll("");
    }

    /** A size with three digits or so, in powers of 1000: {@code 999 B}, {@code 1.2 kB}, {@code 34.5 MB}. */
    public static String size(long bytes) {
        if (bytes < KILO) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        do {
            value /= KILO;
            unit++;
        } while (value >= KILO - 0.05 && unit < 3);
        return String.format(Locale.ROOT, "%.1f %cB", value, "kMGT".charAt(unit));
    }

    /** A time span: {@code 0.4 s}, {@code 2 min 05 s}. */
    public static String duration(Duration span) {
        if (span.toMinutes() == 0) {
            return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
        }
        return String.format(Locale.ROOT, "%d min %02d s", span.toMinutes(), span.toSecondsPart());
    }
}
