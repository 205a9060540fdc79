package dev.slipway.dockerfile.parse;

import java.util.List;

/** Takes the flags in front of an instruction's arguments; {@code --} alone ends them. */
final class FlagSplitter {
    private final String text;
    private final char escape;
    private final List<Word> flags;

    FlagSplitter(String text, char escape, List<Word> flags) {
        this.text = text;
        this.escape = escape;
        this.flags = flags;
    }

    /** Fills the flags and returns where the arguments begin. */
    int split(int from) {
        int at = from;
        while (true) {
            while (at < text.length() && Blanks.isBlank(text.charAt(at))) {
                at++;
            }
            if (!text.startsWith("--", at)) {
                return at;
            }
            StringBuilder word = new StringBuilder();
            int end = endOfWord(at, word);
            if (word.toString().equals("--")) {
                return end;
            }
            flags.add(new Word(word.toString(), at));
            at = end;
        }
    }

    /** Where a character of a flag stands in the text, though quotes and escapes are missing in the flag. */
    static int offset(String text, char escape, int from, int index) {
        int at = from;
        char quote = 0;
        for (int produced = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == escape && at + 1 < text.length()) {
                if (produced++ == index) {
                    break;
                }
                at++;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (produced++ == index) {
                break;
            }
        }
        return Math.min(at, text.length());
    }

    private int endOfWord(int from, StringBuilder word) {
        int at = from;
        char quote = 0;
        while (at < text.length() && (quote != 0 || !Blanks.isBlank(text.charAt(at)))) {
            char c = text.charAt(at++);
            if (c == escape) {
                if (at < text.length()) {
                    word.append(text.charAt(at++));
                }
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else {
                word.append(c);
            }
        }
        return at;
    }
}
