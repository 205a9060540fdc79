package dev.slipway.dockerfile.parse;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A logical line taken apart.
 *
 * @param keyword as written
 * @param flags the words in front that begin with {@code --}, without quotes and escapes
 * @param rest what follows, without the blanks around it
 */
record Statement(LogicalLine line, Word keyword, List<Word> flags, Word rest, char escape) {
    private static final int SHOWN_CHARACTERS = 120;

    Statement {
        flags = List.copyOf(flags);
    }

    static Statement split(LogicalLine line, int from, char escape) {
        String text = line.text();
        int start = from;
        while (start < text.length() && WordSplitter.isBlank(text.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < text.length() && "\t\u000B\f\r ".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        Word keyword = new Word(text.substring(start, end), start);
        List<Word> flags = new ArrayList<>();
        int restStart = new FlagSplitter(text, escape, flags).split(end);
        String rest = text.substring(restStart);
        int blanks = rest.length() - rest.stripLeading().length();
        return new Statement(line, keyword, flags, new Word(rest.strip(), restStart + blanks), escape);
    }

    /** The keyword in capitals. */
    String name() {
        return keyword.text().toUpperCase(Locale.ROOT);
    }

    WordSplitter words() {
        return new WordSplitter(rest, escape);
    }

    /** A fault at the beginning of a word of this statement. */
    InvalidInputException fault(Word word, String why, String remedy) {
        String shown = word.text().length() > SHOWN_CHARACTERS
                ? word.text().substring(0, SHOWN_CHARACTERS) + "…"
                : word.text();
        String what = word.equals(keyword) || shown.isEmpty() ? keyword.text() : keyword.text() + " " + shown;
        return new InvalidInputException(
                new Problem(line.place(word.offset()).toString(), what.isBlank() ? "instruction" : what, why, remedy));
    }

    /** Gives faults that have no place yet the place of a word. */
    InvalidInputException placed(InvalidInputException error, Word word) {
        return new InvalidInputException(error.problems().stream()
                .map(problem -> problem.where().isEmpty() ? problem.at(line.place(word.offset())) : problem)
                .toList());
    }
}
