package dev.slipway.dockerfile.value;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of one CSV record, as {@code --mount} has them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180#section-2">RFC 4180, section 2</a>
 */
public final class CsvRecord {
    private CsvRecord() {}

    /** @throws InvalidInputException without a place */
    public static List<Field> parse(String text) {
        List<Field> fields = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder field = new StringBuilder();
            int start = at;
            at = at < text.length() && text.charAt(at) == '"' ? quoted(text, at + 1, field) : plain(text, at, field);
            fields.add(new Field(field.toString(), start));
            if (at >= text.length()) {
                return List.copyOf(fields);
            }
            at++;
        }
    }

    /**
     * One field.
     *
     * @param text without quotes
     * @param start where it begins in the record, quotes included
     */
    public record Field(String text, int start) {
        public Field {
            requireNonNull(text, "text is null");
        }
    }

    private static int plain(String text, int from, StringBuilder field) {
        int comma = text.indexOf(',', from);
        int end = comma < 0 ? text.length() : comma;
        field.append(text, from, end);
        if (field.indexOf("\"") >= 0) {
            throw bad(text, "a field with a quote in it must be quoted as a whole");
        }
        return end;
    }

    private static int quoted(String text, int from, StringBuilder field) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                field.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                field.append('"');
                at++;
            } else if (at == text.length() || text.charAt(at) == ',') {
                return at;
            } else {
                throw bad(text, "text follows a closing quote");
            }
        }
        throw bad(text, "a quote is not closed");
    }

    private static InvalidInputException bad(String text, String why) {
        return new InvalidInputException(new Problem("", "'" + text + "'", why, ""));
    }
}
