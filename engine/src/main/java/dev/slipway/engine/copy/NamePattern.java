package dev.slipway.engine.copy;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for one path component, by the rules of Go's {@code filepath.Match}: {@code *} any run of characters,
 * {@code ?} one character, {@code [a-z]} and {@code [^a-z]} classes, {@code \} takes the next character as it is.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#copy">Dockerfile reference, COPY, pattern matching</a>
 */
final class NamePattern {
    private final List<Part> parts;
    private final boolean wild;

    private NamePattern(List<Part> parts) {
        this.parts = List.copyOf(parts);
        this.wild = parts.stream().anyMatch(part -> !(part instanceof Literal));
    }

    private sealed interface Part {}

    private record Literal(int codePoint) implements Part {}

    private record AnyOne() implements Part {}

    private record AnyRun() implements Part {}

    private record OneOf(boolean negated, List<int[]> ranges) implements Part {
        boolean matches(int codePoint) {
            boolean in = ranges.stream().anyMatch(range -> range[0] <= codePoint && codePoint <= range[1]);
            return in != negated;
        }
    }

    /** @throws IllegalArgumentException saying what is malformed */
    static NamePattern parse(String text) {
        return new NamePattern(new Reader(text.codePoints().toArray()).read());
    }

    /** Whether the pattern can match anything but one fixed name. */
    boolean isWild() {
        return wild;
    }

    /** The one name of a pattern that is not wild. */
    String literal() {
        StringBuilder name = new StringBuilder();
        parts.forEach(part -> name.appendCodePoint(((Literal) part).codePoint()));
        return name.toString();
    }

    boolean matches(String name) {
        int[] points = name.codePoints().toArray();
        int part = 0;
        int at = 0;
        int runPart = -1;
        int runAt = 0;
        while (at < points.length) {
            if (part < parts.size() && parts.get(part) instanceof AnyRun) {
                runPart = part++;
                runAt = at;
            } else if (part < parts.size() && matchesOne(parts.get(part), points[at])) {
                part++;
                at++;
            } else if (runPart >= 0) {
                part = runPart + 1;
                at = ++runAt;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part) instanceof AnyRun) {
            part++;
        }
        return part == parts.size();
    }

    private static boolean matchesOne(Part part, int codePoint) {
        return switch (part) {
            case Literal literal -> literal.codePoint() == codePoint;
            case AnyOne _ -> true;
            case OneOf oneOf -> oneOf.matches(codePoint);
            case AnyRun _ -> false;
        };
    }

    private static final class Reader {
        private final int[] text;
        private int at;

        Reader(int[] text) {
            this.text = text;
        }

        List<Part> read() {
            List<Part> parts = new ArrayList<>();
            while (at < text.length) {
                int c = text[at++];
                switch (c) {
                    case '*' -> parts.add(new AnyRun());
                    case '?' -> parts.add(new AnyOne());
                    case '[' -> parts.add(oneOf());
                    case '\\' -> parts.add(new Literal(next("a pattern ends in a backslash")));
                    default -> parts.add(new Literal(c));
                }
            }
            return parts;
        }

        private OneOf oneOf() {
            boolean negated = at < text.length && text[at] == '^';
            if (negated) {
                at++;
            }
            List<int[]> ranges = new ArrayList<>();
            while (true) {
                if (at < text.length && text[at] == ']' && !ranges.isEmpty()) {
                    at++;
                    return new OneOf(negated, List.copyOf(ranges));
                }
                int low = member();
                int high = low;
                if (at < text.length && text[at] == '-') {
                    at++;
                    high = member();
                }
                ranges.add(new int[] {low, high});
            }
        }

        private int member() {
            int c = next("'[' without ']'");
            if (c == '-' || c == ']') {
                throw new IllegalArgumentException("a class has no '" + Character.toString(c) + "' at this place");
            }
            return c == '\\' ? next("'[' without ']'") : c;
        }

        private int next(String complaint) {
            if (at >= text.length) {
                throw new IllegalArgumentException(complaint);
            }
            return text[at++];
        }
    }
}
