package dev.slipway.dockerfile.parse;

import dev.slipway.dockerfile.instruction.Heredoc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the {@code <<} words of a line. Their escape character is always a backslash. */
final class HeredocScanner {
    private static final Pattern OPENING = Pattern.compile("([0-9]*)<<(-?)[ \t]*");
    private static final int MOST_DIGITS = 9;

    private final Statement statement;
    private final String text;
    private final List<Found> found = new ArrayList<>();
    private int at;

    HeredocScanner(Statement statement) {
        this.statement = statement;
        this.text = statement.rest().text();
    }

    /** @throws dev.slipway.foundation.error.InvalidInputException for a delimiter with an open quote */
    List<Found> scan() {
        while (at < text.length()) {
            if (Blanks.isBlank(text.charAt(at))) {
                at++;
                continue;
            }
            int start = at;
            Matcher opening = OPENING.matcher(text).region(at, text.length());
            boolean opened = opening.lookingAt();
            if (opened) {
                at = opening.end();
            }
            int delimiterStart = at;
            if (!skipWord()) {
                if (!opened) {
                    // BuildKit cannot take such a line apart: it then has no heredoc at all.
                    return List.of();
                }
                throw statement.fault(
                        new Word(text.substring(start), statement.rest().offset() + start),
                        "the quote in the delimiter is not closed",
                        "close it");
            }
            if (opened) {
                heredoc(opening, text.substring(delimiterStart, at))
                        .ifPresent(heredoc -> found.add(new Found(heredoc, start, at)));
            }
        }
        return List.copyOf(found);
    }

    /** Goes to the end of the word; false where a quote is left open. */
    private boolean skipWord() {
        char quote = 0;
        while (at < text.length() && (quote != 0 || !Blanks.isBlank(text.charAt(at)))) {
            char c = text.charAt(at++);
            if (c == '\\' && quote != '\'') {
                at = Math.min(at + 1, text.length());
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        return quote == 0;
    }

    private static Optional<Heredoc> heredoc(Matcher opening, String delimiter) {
        String name = unquote(delimiter);
        if (delimiter.contains("<") || name.isEmpty()) {
            return Optional.empty();
        }
        String digits = opening.group(1);
        int descriptor = digits.isEmpty() || digits.length() > MOST_DIGITS ? 0 : Integer.parseInt(digits);
        boolean expands = !hasQuote(delimiter);
        return Optional.of(
                new Heredoc(name, descriptor, expands, opening.group(2).equals("-"), ""));
    }

    private static String unquote(String delimiter) {
        StringBuilder name = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < delimiter.length(); i++) {
            char c = delimiter.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < delimiter.length()) {
                char next = delimiter.charAt(++i);
                if (quote == '"' && "\"$\\".indexOf(next) < 0) {
                    name.append(c);
                }
                name.append(next);
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (c != '\\' || quote == '\'') {
                name.append(c);
            }
        }
        return name.toString();
    }

    private static boolean hasQuote(String delimiter) {
        for (int i = 0; i < delimiter.length(); i++) {
            char c = delimiter.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"' || c == '\'') {
                return true;
            }
        }
        return false;
    }

    /**
     * A heredoc whose body is still to be read.
     *
     * @param start where its word begins in the rest of the statement
     * @param end where its word ends
     */
    record Found(Heredoc heredoc, int start, int end) {}
}
