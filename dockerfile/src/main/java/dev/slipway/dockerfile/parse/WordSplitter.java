package dev.slipway.dockerfile.parse;

import java.util.ArrayList;
import java.util.List;

/** Splits the rest of an instruction into words. */
final class WordSplitter {
    private final String text;
    private final int offset;
    private final char escape;

    /** @param line the text with its offset in the logical line */
    WordSplitter(Word line, char escape) {
        this.text = line.text();
        this.offset = line.offset();
        this.escape = escape;
    }

    /** At blanks of ASCII only: quotes, escapes and all other blanks are plain text. */
    List<Word> atBlanks() {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int start = at;
            while (at < text.length() && !separates(text.charAt(at))) {
                at++;
            }
            if (at > start) {
                words.add(new Word(text.substring(start, at), offset + start));
            }
            at++;
        }
        return words;
    }

    /** At blanks that are neither quoted nor escaped; quotes and escapes stay in the words. */
    List<Word> quoted() {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (Blanks.isBlank(text.charAt(at))) {
                at++;
                continue;
            }
            int start = at;
            at = endOfWord(at);
            String word = text.substring(start, at);
            // A lone escape at the very end of the line stands for nothing.
            if (at == text.length() && endsInOpenEscape(word)) {
                word = word.substring(0, word.length() - 1);
            }
            if (!word.isEmpty()) {
                words.add(new Word(word, offset + start));
            }
        }
        return words;
    }

    private int endOfWord(int from) {
        int at = from;
        char quote = 0;
        while (at < text.length() && (quote != 0 || !Blanks.isBlank(text.charAt(at)))) {
            char c = text.charAt(at++);
            if (c == escape && quote != '\'') {
                at = Math.min(at + 1, text.length());
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        return at;
    }

    private boolean endsInOpenEscape(String word) {
        char quote = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == escape && quote != '\'') {
                if (++i == word.length()) {
                    return true;
                }
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        return false;
    }

    /** Whether the character ends the keyword and the words that know no quotes. */
    static boolean separates(char c) {
        return "\t\u000B\f\r ".indexOf(c) >= 0;
    }
}
