package dev.slipway.cli.report;

import java.util.List;
import java.util.Locale;

/** A line of a file with a mark under a piece of it, as a terminal shows it. */
final class Excerpt {
    private static final int LONGEST = 160;
    private static final int SHOWN_BEFORE = 60;
    private static final String CUT = "…";

    private Excerpt() {}

    /**
     * The line and the mark.
     *
     * @param column 1-based, in units of UTF-16; 0 where the whole line is meant
     * @param endColumn the first column behind the piece; nothing longer than one character is marked where it is not
     *     above {@code column}
     */
    static List<String> of(int number, String line, int column, int endColumn) {
        int start = Math.clamp(column - 1L, 0, line.length());
        int from = line.length() > LONGEST && start > SHOWN_BEFORE ? boundary(line, start - SHOWN_BEFORE) : 0;
        int to = line.length() - from > LONGEST ? boundary(line, from + LONGEST) : line.length();
        String shown = visible((from > 0 ? CUT : "") + line.substring(from, to) + (to < line.length() ? CUT : ""));
        String gutter = String.format(Locale.ROOT, "%4d | ", number);
        if (column < 1) {
            return List.of(gutter + shown);
        }
        String before = (from > 0 ? CUT : "") + line.substring(from, start);
        String piece = line.substring(start, Math.clamp(endColumn - 1L, start, to));
        return List.of(gutter + shown, "     | " + blank(before) + "^".repeat(Math.max(1, width(piece))));
    }

    /** Never within a pair of surrogates. */
    private static int boundary(String line, int index) {
        return Character.isLowSurrogate(line.charAt(index)) ? index - 1 : index;
    }

    /** Control characters would move the cursor, or worse. */
    private static String visible(String text) {
        StringBuilder result = new StringBuilder();
        text.codePoints().forEach(c -> result.appendCodePoint(isControl(c) ? 0xFFFD : c));
        return result.toString();
    }

    private static boolean isControl(int c) {
        return Character.getType(c) == Character.CONTROL && c != '\t';
    }

    /** As wide as the text; a tab stays one, because only the terminal knows how wide it is. */
    private static String blank(String text) {
        StringBuilder result = new StringBuilder();
        text.codePoints().forEach(c -> result.append(c == '\t' ? "\t" : " ".repeat(width(c))));
        return result.toString();
    }

    private static int width(String text) {
        return text.codePoints().map(Excerpt::width).sum();
    }

    /** Columns of a terminal: none for marks that sit on the character before, two for East Asian wide ones. */
    private static int width(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    /** @see <a href="https://www.unicode.org/reports/tr11/">UAX 11, East Asian Width: W and F</a> */
    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0x303E)
                || (c >= 0x3041 && c <= 0xA4CF)
                || (c >= 0xA960 && c <= 0xA97F)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1F64F)
                || (c >= 0x1F680 && c <= 0x1F6FF)
                || (c >= 0x1F900 && c <= 0x1F9FF)
                || (c >= 0x20000 && c <= 0x3FFFD);
    }
}
