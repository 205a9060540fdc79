package dev.slipway.dockerfile.parse;

/**
 * Blanks as Go's {@code unicode.IsSpace} knows them, by which the language is defined. {@link String#strip} differs: it
 * leaves no-break spaces and takes separators of ASCII.
 */
final class Blanks {
    private Blanks() {}

    static boolean isBlank(char c) {
        return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
    }

    /** Whether nothing else is in it. */
    static boolean isBlank(String text) {
        return leading(text) == text.length();
    }

    /** How many blanks stand at the beginning. */
    static int leading(String text) {
        int count = 0;
        while (count < text.length() && isBlank(text.charAt(count))) {
            count++;
        }
        return count;
    }

    static String strip(String text) {
        int start = leading(text);
        int end = text.length();
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}
