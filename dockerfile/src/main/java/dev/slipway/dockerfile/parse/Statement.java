package dev.slipway.dockerfile.parse;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
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
        while (start < text.length() && Blanks.isBlank(text.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < text.length() && !WordSplitter.separates(text.charAt(end))) {
            end++;
        }
        Word keyword = new Word(text.substring(start, end), start);
        List<Word> flags = new ArrayList<>();
        int restStart = new FlagSplitter(text, escape, flags).split(end);
        String rest = text.substring(restStart);
        return new Statement(
                line, keyword, flags, new Word(Blanks.strip(rest), restStart + Blanks.leading(rest)), escape);
    }

    /** The keyword in capitals. */
    String name() {
        return keyword.text().toUpperCase(Locale.ROOT);
    }

    /** Where a fault of the arguments as a whole stands: where they begin, or at the keyword if there are none. */
    Word argumentsOrKeyword() {
        return rest.text().isEmpty() ? keyword : rest;
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

    /** The place of a character of a flag. */
    Place placeInFlag(Word flag, int index) {
        return line.place(FlagSplitter.offset(line.text(), escape, flag.offset(), index));
    }

    /** Gives faults that have no place yet the place of a word. */
    InvalidInputException placed(InvalidInputException error, Word word) {
        return new InvalidInputException(error.problems().stream()
                .map(problem -> problem.where().isEmpty() ? problem.at(line.place(word.offset())) : problem)
                .toList());
    }
}
