package dev.slipway.registry.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads one header value: schemes, each followed by parameters or by one word of base64, all separated by commas. A word
 * that is followed by {@code =} is a parameter's name, any other begins a challenge.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.3">RFC 9110, 11.3</a>
 */
final class ChallengeReader {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String BASE64_MARKS = "-._~+/";

    private final String text;
    private int at;

    ChallengeReader(String text) {
        this.text = text;
    }

    List<Challenge> read() {
        List<Challenge> challenges = new ArrayList<>();
        while (true) {
            skipSeparators();
            if (at >= text.length()) {
                return challenges;
            }
            String scheme = word(TOKEN_MARKS);
            if (scheme.isEmpty()) {
                at++; // a character that belongs to nothing
                continue;
            }
            challenges.add(new Challenge(scheme.toLowerCase(Locale.ROOT), parameters()));
        }
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        skipBase64();
        while (true) {
            int start = at;
            skipSeparators();
            String name = word(TOKEN_MARKS);
            skipSpaces();
            if (name.isEmpty() || !next('=')) {
                at = start;
                return parameters;
            }
            skipSpaces();
            parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value());
        }
    }

    /** The form {@code Negotiate abc==} has one word and no parameters. */
    private void skipBase64() {
        int start = at;
        skipSpaces();
        String word = word(BASE64_MARKS);
        while (next('=')) {}
        skipSpaces();
        boolean whole = at >= text.length() || text.charAt(at) == ',';
        if (word.isEmpty() || at == start || !whole) {
            at = start;
        }
    }

    private String value() {
        if (!next('"')) {
            int start = at;
            while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != ' ') {
                at++;
            }
            return text.substring(start, at);
        }
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        next('"');
        return value.toString();
    }

    private String word(String marks) {
        int start = at;
        while (at < text.length() && (isLetterOrDigit(text.charAt(at)) || marks.indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private boolean next(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpaces() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private void skipSeparators() {
        while (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }
}
