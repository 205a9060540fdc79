package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.foundation.error.Place;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a file as they stand in it, and where in them the words of instructions are. */
final class SourceText {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String file;
    private final String[] lines;

    SourceText(String file, byte[] bytes) {
        this.file = file;
        String text = new String(bytes, StandardCharsets.UTF_8);
        this.lines = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).split("\n", -1);
    }

    /** A line by its number; empty for one that is not there. */
    String line(int number) {
        if (number < 1 || number > lines.length) {
            return "";
        }
        String line = lines[number - 1];
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** From the place to the end of its line. */
    Span from(Place place) {
        int line = Math.max(place.line(), 1);
        int column = Math.max(place.column(), 1);
        return new Span(file, line, column, Math.max(line(line).stripTrailing().length() + 1, column));
    }

    /** The first word. */
    Span keyword(Instruction instruction) {
        Place place = instruction.place();
        int length = firstWord(instruction).length();
        return new Span(file, Math.max(place.line(), 1), place.column(), place.column() + length);
    }

    /** The keyword as it was written. */
    static String firstWord(Instruction instruction) {
        return instruction.source().split("\\s", 2)[0];
    }

    /** The word where it first stands behind the keyword between blanks, else the instruction's first line. */
    Span word(Instruction instruction, String word) {
        return first(instruction, Pattern.compile("(?<=\\s)" + Pattern.quote(word) + "(?!\\S)"));
    }

    /** The last word of the instruction's last line. */
    Span lastWord(Instruction instruction, String word) {
        Pattern last = Pattern.compile("(?<=\\s)" + Pattern.quote(word) + "\\s*$");
        Span found = first(instruction, last);
        int end = Math.min(found.column() + word.length(), found.endColumn());
        return new Span(file, found.line(), found.column(), Math.max(found.column(), end));
    }

    /** Where a variable is first used, else the instruction's first line. */
    Span variable(Instruction instruction, String name) {
        String whole = Pattern.quote(name) + "(?![\\p{L}\\p{Nd}_])";
        return first(instruction, Pattern.compile("\\$" + whole + "|\\$\\{" + whole + "(?:[^{}]*\\})?"));
    }

    /** What the pattern first matches in the lines of the instruction, else the instruction's first line. */
    Span first(Instruction instruction, Pattern pattern) {
        int begin = Math.max(instruction.place().line(), 1);
        for (int number = begin; number <= instruction.origin().lastLine(); number++) {
            String line = line(number);
            boolean isComment = number > begin && line.stripLeading().startsWith("#");
            int from = number == begin ? Math.max(instruction.place().column() - 1, 0) : 0;
            Optional<MatchResult> match = isComment ? Optional.empty() : find(pattern, line, from);
            if (match.isPresent()) {
                return new Span(
                        file, number, match.get().start() + 1, match.get().end() + 1);
            }
        }
        return from(instruction.place());
    }

    private static Optional<MatchResult> find(Pattern pattern, String line, int from) {
        Matcher matcher = pattern.matcher(line);
        return from <= line.length() && matcher.find(from) ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }
}
