package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.KeyValue;
import dev.slipway.image.model.Healthcheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The {@code created_by} lines of an image's history, in the shapes that docker-compatible tools show. */
final class HistoryText {
    private static final String MADE_LAYER = " # buildkit";

    private HistoryText() {}

    static String run(Map<String, String> args, List<String> argv) {
        StringBuilder text = new StringBuilder("RUN ");
        if (!args.isEmpty()) {
            text.append('|').append(args.size());
            args.forEach(
                    (name, value) -> text.append(' ').append(name).append('=').append(value));
            text.append(' ');
        }
        return text.append(String.join(" ", argv)).append(MADE_LAYER).toString();
    }

    static String copy(String keyword, List<String> flags, Collection<String> sources, String destination) {
        List<String> words = new ArrayList<>();
        words.add(keyword);
        words.addAll(flags);
        words.addAll(sources);
        words.add(destination);
        return String.join(" ", words) + MADE_LAYER;
    }

    /** {@code ENV a=1 b=2}, a name as often as it was written. */
    static String pairs(String keyword, List<KeyValue> pairs) {
        StringBuilder text = new StringBuilder(keyword);
        pairs.forEach(pair -> text.append(' ').append(pair.key()).append('=').append(pair.value()));
        return text.toString();
    }

    static String quoted(String keyword, List<String> words) {
        return bracketed(keyword, words.stream().map(HistoryText::quote).toList());
    }

    static String bracketed(String keyword, Collection<String> words) {
        return keyword + " [" + String.join(" ", words) + "]";
    }

    static String healthcheck(Healthcheck check) {
        return "HEALTHCHECK {Test:[" + String.join(" ", check.test()) + "] Interval:" + duration(check.interval())
                + " Timeout:" + duration(check.timeout()) + " StartPeriod:" + duration(check.startPeriod())
                + " StartInterval:" + duration(check.startInterval()) + " Retries:" + check.retries() + "}";
    }

    /** A duration as Go prints it: {@code 1m30s}, {@code 1.5s}, {@code 250ms}, {@code 0s}. */
    static String duration(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return smallUnit(duration.toNanos());
        }
        StringBuilder text = new StringBuilder();
        if (duration.toHours() > 0) {
            text.append(duration.toHours()).append('h');
        }
        if (duration.toMinutes() > 0) {
            text.append(duration.toMinutesPart()).append('m');
        }
        return text.append(fraction(duration.toSecondsPart(), duration.toNanosPart(), 9))
                .append('s')
                .toString();
    }

    private static String smallUnit(long nanos) {
        if (nanos >= 1_000_000) {
            return fraction(nanos / 1_000_000, nanos % 1_000_000, 6) + "ms";
        }
        return nanos >= 1_000 ? fraction(nanos / 1_000, nanos % 1_000, 3) + "µs" : nanos + "ns";
    }

    private static String fraction(long whole, long part, int digits) {
        if (part == 0) {
            return Long.toString(whole);
        }
        String padded = "0".repeat(digits) + part;
        return whole + "." + padded.substring(padded.length() - digits).replaceAll("0+$", "");
    }

    /**
     * A word as Go quotes it.
     *
     * @see <a href="https://pkg.go.dev/strconv#Quote">Go, strconv.Quote</a>
     */
    private static String quote(String word) {
        StringBuilder text = new StringBuilder("\"");
        word.codePoints().forEach(c -> text.append(quoted(c)));
        return text.append('"').toString();
    }

    private static String quoted(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case 0x07 -> "\\a";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case 0x0b -> "\\v";
            default -> {
                if (isPrintable(c)) {
                    yield Character.toString(c);
                }
                yield String.format(
                        Locale.ROOT, c < ' ' || c == 0x7f ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
            }
        };
    }

    /** Letters, marks, numbers, punctuation, symbols and the plain blank. */
    private static boolean isPrintable(int c) {
        if (c == ' ') {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
