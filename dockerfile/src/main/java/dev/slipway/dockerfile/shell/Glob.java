package dev.slipway.dockerfile.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern of {@code ${name#pattern}} and its kin: {@code *} and {@code ?}, which match no line feed, and backslash
 * escapes. Matching takes time
 * proportional to pattern times text, whatever the pattern.
 */
final class Glob {
    private static final int NO_MATCH = -1;
    private static final int ANY = -1;
    private static final int RUN = -2;
    private static final long MOST_WORK = 50_000_000;

    private final int[] tokens;

    private Glob(int[] tokens) {
        this.tokens = tokens;
    }

    /** @throws IllegalArgumentException for a backslash that escapes nothing special */
    static Glob compile(String pattern) {
        List<Integer> tokens = new ArrayList<>();
        int[] characters = pattern.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            switch (characters[i]) {
                case '*' -> tokens.add(RUN);
                case '?' -> tokens.add(ANY);
                case '\\' -> {
                    i++;
                    if (i == characters.length || "*?\\}/".indexOf(characters[i]) < 0) {
                        throw new IllegalArgumentException(
                                "a backslash in the pattern '" + pattern + "' stands before none of * ? \\ } /");
                    }
                    tokens.add(characters[i]);
                }
                default -> tokens.add(characters[i]);
            }
        }
        return new Glob(tokens.stream().mapToInt(Integer::intValue).toArray());
    }

    String withoutPrefix(String value, boolean longest) {
        int[] text = value.codePoints().toArray();
        int end = ends(text, longest, false)[0];
        return end == NO_MATCH ? value : new String(text, end, text.length - end);
    }

    String withoutSuffix(String value, boolean longest) {
        int[] text = value.codePoints().toArray();
        int[] ends = ends(text, true, true);
        int start = NO_MATCH;
        for (int i = 0; i <= text.length; i++) {
            if (ends[i] != NO_MATCH) {
                start = i;
                if (longest) {
                    break;
                }
            }
        }
        return start == NO_MATCH ? value : new String(text, 0, start);
    }

    String replaceFirst(String value, String replacement) {
        int[] text = value.codePoints().toArray();
        int[] ends = ends(text, true, false);
        for (int i = 0; i <= text.length; i++) {
            if (ends[i] != NO_MATCH) {
                return new String(text, 0, i) + replacement + new String(text, ends[i], text.length - ends[i]);
            }
        }
        return value;
    }

    /** An empty match counts, except right behind the match before it. */
    String replaceAll(String value, Replacement replacement, int mostCharacters) {
        int[] text = value.codePoints().toArray();
        int[] ends = ends(text, true, false);
        StringBuilder result = new StringBuilder();
        int lastEnd = NO_MATCH;
        int i = 0;
        while (i <= text.length && result.length() <= mostCharacters) {
            int end = ends[i];
            if (end > i || (end == i && i != lastEnd)) {
                result.append(replacement.of(new String(text, i, end - i)));
            }
            if (end > i) {
                lastEnd = end;
                i = end;
            } else {
                if (i < text.length) {
                    result.appendCodePoint(text[i]);
                }
                i++;
            }
        }
        return result.toString();
    }

    /**
     * For each start, where the match that begins there ends.
     *
     * @param longest whether the longest match counts, else the shortest
     * @param toTheEnd whether a match has to reach the end of the text
     */
    private int[] ends(int[] text, boolean longest, boolean toTheEnd) {
        if ((long) (text.length + 1) * (tokens.length + 1) > MOST_WORK) {
            throw new IllegalArgumentException("the value and the pattern are too long");
        }
        int[] ends = new int[text.length + 1];
        for (int i = 0; i <= text.length; i++) {
            ends[i] = toTheEnd && i < text.length ? NO_MATCH : i;
        }
        for (int t = tokens.length - 1; t >= 0; t--) {
            if (tokens[t] == RUN) {
                overRun(ends, text, longest);
            } else {
                overOne(ends, text, tokens[t]);
            }
        }
        return ends;
    }

    private static void overOne(int[] ends, int[] text, int token) {
        for (int i = 0; i < text.length; i++) {
            boolean matches = token == ANY ? text[i] != '\n' : token == text[i];
            ends[i] = matches ? ends[i + 1] : NO_MATCH;
        }
        ends[text.length] = NO_MATCH;
    }

    private static void overRun(int[] ends, int[] text, boolean longest) {
        for (int i = ends.length - 2; i >= 0; i--) {
            int here = ends[i];
            int later = text[i] == '\n' ? NO_MATCH : ends[i + 1];
            if (here == NO_MATCH || later == NO_MATCH) {
                ends[i] = Math.max(here, later);
            } else {
                ends[i] = longest ? Math.max(here, later) : Math.min(here, later);
            }
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(tokens);
    }
}
