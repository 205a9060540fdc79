package dev.slipway.dockerfile.shell;

import java.util.ArrayList;
import java.util.List;

/** Collects the result of an expansion, split at its unquoted blanks where that is asked for. */
final class WordCollector {
    private final boolean splits;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int length;

    WordCollector(boolean splits) {
        this.splits = splits;
    }

    void quoted(String text) {
        word.append(text);
        length += text.length();
    }

    void plain(String text) {
        if (!splits) {
            quoted(text);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            plain(text.charAt(i));
        }
    }

    void plain(char c) {
        length++;
        if (splits && isBlank(c)) {
            finishWord();
        } else {
            word.append(c);
        }
    }

    int length() {
        return length;
    }

    String text() {
        return word.toString();
    }

    /** The words; exactly one, maybe empty, where nothing is split. */
    List<String> finish() {
        if (splits) {
            finishWord();
        } else {
            words.add(word.toString());
        }
        return words;
    }

    private void finishWord() {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static boolean isBlank(char c) {
        return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
    }
}
