package dev.slipway.dockerfile.shell;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/** One run over one text; used once. */
final class Evaluation {
    private static final int NO_STOP = -1;
    private static final int DEEPEST = 100;
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int SHOWN_CHARACTERS = 200;
    private static final String SPECIAL_NAMES = "@*#?-$!";

    private final String raw;
    private final Expander.Mode mode;
    private final char escape;
    private final Variables variables;
    private final SequencedSet<String> used = new LinkedHashSet<>();
    private final SequencedSet<String> undefined = new LinkedHashSet<>();
    private int at;
    private int depth;

    Evaluation(String raw, Expander.Mode mode, char escape, Variables variables) {
        this.raw = raw;
        this.mode = mode;
        this.escape = escape;
        this.variables = variables;
    }

    Expansion run() {
        WordCollector words = new WordCollector(mode == Expander.Mode.WORDS);
        scan(NO_STOP, false, words);
        return new Expansion(words.finish(), used, undefined);
    }

    /** Reads until the stop character, which is taken too, or the end. */
    private void scan(int stop, boolean keepEscapes, WordCollector out) {
        while (at < raw.length()) {
            char c = raw.charAt(at);
            if (c == stop) {
                at++;
                return;
            }
            if (c == '\'' && mode != Expander.Mode.HEREDOC) {
                out.quoted(singleQuoted());
            } else if (c == '"' && mode != Expander.Mode.HEREDOC) {
                out.quoted(doubleQuoted(keepEscapes));
            } else if (c == '$') {
                out.plain(dollar());
            } else if (c == escape) {
                out.quoted(escaped(keepEscapes));
            } else {
                out.plain(c);
                at++;
            }
            if (out.length() > MOST_CHARACTERS) {
                throw bad("the result is longer than " + MOST_CHARACTERS + " characters", "");
            }
        }
        if (stop != NO_STOP) {
            throw bad("'" + (char) stop + "' is missing", "close the ${ with }");
        }
    }

    private String nested(char stop, boolean keepEscapes) {
        if (++depth > DEEPEST) {
            throw bad("${ } is nested more than " + DEEPEST + " deep", "");
        }
        WordCollector out = new WordCollector(false);
        scan(stop, keepEscapes, out);
        depth--;
        return out.text();
    }

    private String escaped(boolean keep) {
        at++;
        String kept = keep ? String.valueOf(escape) : "";
        return at < raw.length() ? kept + raw.charAt(at++) : kept;
    }

    private String singleQuoted() {
        int end = raw.indexOf('\'', at + 1);
        if (end < 0) {
            throw bad("a single quote is not closed", "add the second ', or escape the one that is meant as text");
        }
        String text = raw.substring(at + 1, end);
        at = end + 1;
        return text;
    }

    private String doubleQuoted(boolean keepEscapes) {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < raw.length()) {
            char c = raw.charAt(at);
            if (c == '"') {
                at++;
                return text.toString();
            }
            if (c == '$') {
                text.append(dollar());
            } else if (c == escape && at + 1 < raw.length()) {
                text.append(escapedInQuotes(keepEscapes));
            } else {
                text.append(c);
                at++;
            }
            if (text.length() > MOST_CHARACTERS) {
                throw bad("the result is longer than " + MOST_CHARACTERS + " characters", "");
            }
        }
        throw bad("a double quote is not closed", "add the second \", or escape the one that is meant as text");
    }

    /** Takes an escape that escapes nothing alone; in a pattern, where escapes are kept, it then stands for itself. */
    private String escapedInQuotes(boolean keep) {
        char next = raw.charAt(at + 1);
        boolean special = next == '"' || next == '$' || next == escape;
        at += special ? 2 : 1;
        String kept = keep ? String.valueOf(escape) : "";
        return kept + (special ? next : escape);
    }

    private String dollar() {
        at++;
        if (at == raw.length() || raw.charAt(at) != '{') {
            String name = name();
            return name.isEmpty() ? "$" : lookUp(name).orElse("");
        }
        at++;
        if (at < raw.length() && "{}:".indexOf(raw.charAt(at)) >= 0) {
            throw bad("${ has no name behind it", "");
        }
        String name = name();
        if (at == raw.length()) {
            throw bad("'}' is missing", "close the ${ with }");
        }
        char operator = raw.charAt(at++);
        return switch (operator) {
            case '}' -> lookUp(name).orElse("");
            case ':' -> conditional(name, takeConditional(), true);
            case '-', '+', '?' -> conditional(name, operator, false);
            case '#', '%' -> trimmed(name, operator);
            case '/' -> replaced(name);
            default -> throw unsupported(String.valueOf(operator));
        };
    }

    private char takeConditional() {
        if (at == raw.length()) {
            throw bad("'}' is missing", "close the ${ with }");
        }
        char operator = raw.charAt(at++);
        if ("-+?".indexOf(operator) < 0) {
            throw unsupported(":" + operator);
        }
        return operator;
    }

    private String conditional(String name, char operator, boolean emptyIsUnset) {
        Optional<String> value = lookUp(name);
        String word = nested('}', false);
        boolean given = emptyIsUnset ? value.filter(text -> !text.isEmpty()).isPresent() : value.isPresent();
        return switch (operator) {
            case '-' -> given ? value.orElse("") : word;
            case '+' -> given ? word : "";
            default -> {
                if (!given) {
                    String stock = emptyIsUnset ? "is not allowed to be empty" : "is not allowed to be unset";
                    throw bad(name + ": " + (word.isEmpty() ? stock : word), "give " + name + " a value");
                }
                yield value.orElse("");
            }
        };
    }

    private String trimmed(String name, char operator) {
        String word = nested('}', true);
        // BuildKit looks for the second operator in the expanded word.
        boolean longest = !word.isEmpty() && word.charAt(0) == operator;
        String value = lookUp(name).orElse("");
        Glob glob = glob(longest ? word.substring(1) : word);
        try {
            return operator == '#' ? glob.withoutPrefix(value, longest) : glob.withoutSuffix(value, longest);
        } catch (IllegalArgumentException e) {
            throw bad(reason(e), "");
        }
    }

    private String replaced(String name) {
        boolean all = at < raw.length() && raw.charAt(at) == '/';
        if (all) {
            at++;
        }
        String value = lookUp(name).orElse("");
        Glob glob = glob(nested('/', true));
        String replacement = nested('}', true);
        try {
            return all
                    ? glob.replaceAll(value, new Replacement(replacement), MOST_CHARACTERS)
                    : glob.replaceFirst(value, replacement);
        } catch (IllegalArgumentException e) {
            throw bad(reason(e), "");
        }
    }

    private Glob glob(String pattern) {
        try {
            return Glob.compile(pattern);
        } catch (IllegalArgumentException e) {
            throw bad(reason(e), "");
        }
    }

    private static String reason(IllegalArgumentException e) {
        return Optional.ofNullable(e.getMessage()).orElse("malformed pattern");
    }

    /** A name: digits alone, one special character, or letters, digits and underscores. */
    private String name() {
        int start = at;
        if (at < raw.length() && Character.isDigit(raw.codePointAt(at))) {
            while (at < raw.length() && Character.isDigit(raw.codePointAt(at))) {
                at += Character.charCount(raw.codePointAt(at));
            }
        } else if (at < raw.length() && SPECIAL_NAMES.indexOf(raw.charAt(at)) >= 0) {
            at++;
        } else {
            while (at < raw.length() && isNameCharacter(raw.codePointAt(at))) {
                at += Character.charCount(raw.codePointAt(at));
            }
        }
        return raw.substring(start, at);
    }

    private static boolean isNameCharacter(int c) {
        return c == '_' || Character.isLetter(c) || Character.isDigit(c);
    }

    private Optional<String> lookUp(String name) {
        Optional<String> value = variables.get(name);
        (value.isPresent() ? used : undefined).add(name);
        return value;
    }

    private InvalidInputException unsupported(String operator) {
        return bad(
                "unsupported modifier '" + operator + "' in ${ }", "the modifiers are - :- + :+ ? :? # ## % %% / //");
    }

    private InvalidInputException bad(String why, String remedy) {
        String shown = raw.length() > SHOWN_CHARACTERS ? raw.substring(0, SHOWN_CHARACTERS) + "…" : raw;
        return new InvalidInputException(new Problem("", "'" + shown + "' cannot be expanded", why, remedy));
    }
}
