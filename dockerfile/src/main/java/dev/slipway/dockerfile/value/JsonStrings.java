package dev.slipway.dockerfile.value;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON array of strings, as the exec form of instructions has it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
public final class JsonStrings {
    private static final int DEEPEST = 500;

    private final String text;
    private final List<String> strings = new ArrayList<>();
    private boolean onlyStrings = true;
    private int at;

    private JsonStrings(String text) {
        this.text = text;
    }

    /**
     * Reads an array.
     *
     * @return the strings; absent where the text is not a JSON array, which then is not meant as one
     * @throws InvalidInputException without a place, where it is a JSON array with something else than strings in it
     */
    public static Optional<List<String>> read(String text) {
        JsonStrings reader = new JsonStrings(text.strip());
        if (!reader.text.startsWith("[")) {
            return Optional.empty();
        }
        try {
            reader.array(0);
        } catch (NotJson e) {
            return Optional.empty();
        }
        if (reader.at != reader.text.length()) {
            return Optional.empty();
        }
        if (!reader.onlyStrings) {
            throw new InvalidInputException(new Problem(
                    "", reader.text, "a JSON array in an instruction may hold strings only", "quote every element"));
        }
        return Optional.of(List.copyOf(reader.strings));
    }

    /**
     * Reads one string of an object.
     *
     * @return the string that stands under the name, the last one if there are several; absent where the text is no JSON
     *     object or has no string of that name
     */
    public static Optional<String> member(String text, String name) {
        JsonStrings reader = new JsonStrings(text);
        try {
            reader.skipBlanks();
            Optional<String> found = reader.members(name);
            reader.skipBlanks();
            return reader.at == text.length() ? found : Optional.empty();
        } catch (NotJson e) {
            return Optional.empty();
        }
    }

    private Optional<String> members(String wanted) {
        Optional<String> found = Optional.empty();
        expect('{');
        skipBlanks();
        boolean more = peek() != '}';
        while (more) {
            skipBlanks();
            String name = string();
            skipBlanks();
            expect(':');
            skipBlanks();
            if (peek() == '"') {
                String value = string();
                found = name.equals(wanted) ? Optional.of(value) : found;
            } else {
                value(1);
                found = name.equals(wanted) ? Optional.empty() : found;
            }
            skipBlanks();
            more = peek() != '}';
            if (more) {
                expect(',');
            }
        }
        expect('}');
        return found;
    }

    private void array(int depth) {
        expect('[');
        skipBlanks();
        if (peek() == ']') {
            at++;
            return;
        }
        while (true) {
            skipBlanks();
            if (depth == 0 && peek() == '"') {
                strings.add(string());
            } else {
                onlyStrings &= depth > 0;
                value(depth + 1);
            }
            skipBlanks();
            if (peek() == ']') {
                at++;
                return;
            }
            expect(',');
        }
    }

    private void value(int depth) {
        if (depth > DEEPEST) {
            throw new NotJson();
        }
        switch (peek()) {
            case '"' -> string();
            case '[' -> array(depth);
            case '{' -> object(depth);
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void object(int depth) {
        expect('{');
        skipBlanks();
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            skipBlanks();
            string();
            skipBlanks();
            expect(':');
            skipBlanks();
            value(depth + 1);
            skipBlanks();
            if (peek() == '}') {
                at++;
                return;
            }
            expect(',');
        }
    }

    private void word(String word) {
        if (!text.startsWith(word, at)) {
            throw new NotJson();
        }
        at += word.length();
    }

    private void number() {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
    }

    private void digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw new NotJson();
        }
    }

    private String string() {
        expect('"');
        StringBuilder result = new StringBuilder();
        while (peek() != '"') {
            char c = peek();
            if (c < ' ') {
                throw new NotJson();
            }
            at++;
            result.append(c == '\\' ? escape() : c);
        }
        at++;
        return wellFormed(result);
    }

    private char escape() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw new NotJson();
        };
    }

    private char unicode() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
            if (digit < 0) {
                throw new NotJson();
            }
            value = value * 16 + digit;
            at++;
        }
        return (char) value;
    }

    /** Half a surrogate pair becomes U+FFFD, as Go reads it. */
    private static String wellFormed(StringBuilder text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c)
                .forEach(result::appendCodePoint);
        return result.toString();
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The next character; 0, which no JSON has outside of escapes, at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw new NotJson();
        }
        at++;
    }

    /** Ends the reading of text that is no JSON after all. */
    private static final class NotJson extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotJson() {
            super("not JSON", null, false, false);
        }
    }
}
