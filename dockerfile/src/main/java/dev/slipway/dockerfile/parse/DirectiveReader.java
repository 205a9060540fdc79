package dev.slipway.dockerfile.parse;

import dev.slipway.dockerfile.stage.CheckSettings;
import dev.slipway.dockerfile.stage.Directives;
import dev.slipway.dockerfile.value.JsonStrings;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the directives at the top of a file; the first line that is none ends them. Docker reads them twice: whoever
 * looks for {@code syntax} and {@code check} skips a {@code #!} line and wants the {@code #} in the first column; the
 * parser, which takes {@code escape} and refuses what stands twice, does neither.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/directives.go">BuildKit,
 *     frontend/dockerfile/parser/directives.go</a>
 */
final class DirectiveReader {
    static final String SYNTAX_ARGUMENT = "BUILDKIT_SYNTAX";
    static final String CHECK_ARGUMENT = "BUILDKIT_DOCKERFILE_CHECK";

    private static final Pattern DIRECTIVE =
            Pattern.compile("[\\s\\h\\x85]*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*", Pattern.DOTALL);
    private static final Set<String> KEYS = Set.of("syntax", "escape", "check");
    private static final Pattern OUR_SYNTAX =
            Pattern.compile("(?:[^\\s]+/)?docker/dockerfile(?:-upstream)?(?:[:@]\\S*)?|dockerfile\\.v0");

    private final LineReader lines;
    private final Faults faults;
    private final Map<String, String> buildArgs;
    private final int firstLine;

    DirectiveReader(LineReader lines, Faults faults, Map<String, String> buildArgs) {
        this.lines = lines;
        this.faults = faults;
        this.buildArgs = Map.copyOf(buildArgs);
        this.firstLine = lines.line(1).filter(line -> line.startsWith("#!")).isPresent() ? 2 : 1;
    }

    /** The refusal of a file that asks to be read by another frontend than the one that is built in. */
    Optional<Problem> otherLanguage() {
        return syntax().filter(found -> !OUR_SYNTAX.matcher(image(found)).matches())
                .map(found -> new Problem(
                        found.where,
                        "syntax=" + found.value,
                        "'" + image(found)
                                + "' is another frontend, and only the language of docker/dockerfile is built in",
                        "ask for docker/dockerfile, or for nothing, if the file is a plain Dockerfile"));
    }

    Directives read() {
        return new Directives(syntax().map(Found::value), escape(), check());
    }

    private static String image(Found syntax) {
        return syntax.value.strip().split(" ", 2)[0];
    }

    private Optional<Found> syntax() {
        String argument = buildArgs.getOrDefault(SYNTAX_ARGUMENT, "");
        if (!argument.isBlank()) {
            return Optional.of(new Found(argument, "build argument " + SYNTAX_ARGUMENT));
        }
        return detect("#", "syntax").or(() -> detect("//", "syntax")).or(this::syntaxOfJson);
    }

    private Optional<Found> syntaxOfJson() {
        return JsonStrings.member(lines.from(firstLine), "syntax")
                .map(value -> new Found(value, lines.place(firstLine, 1).toString()));
    }

    private Optional<CheckSettings> check() {
        Optional<Found> check = Optional.ofNullable(buildArgs.get(CHECK_ARGUMENT))
                .map(value -> new Found(value, "build argument " + CHECK_ARGUMENT))
                .or(() -> detect("#", "check"));
        try {
            return check.map(found -> CheckSettings.parse(found.value));
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> faults.add(problem.at(check.orElseThrow().where)));
            return Optional.empty();
        }
    }

    /** What a key is given in the lines that begin with the mark and are directives. */
    private Optional<Found> detect(String mark, String wanted) {
        Map<String, Found> found = new HashMap<>();
        int number = firstLine;
        Optional<Matcher> directive = directive(mark, lines.line(number));
        while (directive.isPresent()) {
            Matcher parts = directive.orElseThrow();
            Found value = new Found(
                    parts.group(2), lines.place(number, parts.start(2) + 1).toString());
            if (found.putIfAbsent(key(parts), value) != null) {
                break;
            }
            number++;
            directive = directive(mark, lines.line(number));
        }
        return Optional.ofNullable(found.get(wanted));
    }

    /** Takes the directives off the lines. */
    private char escape() {
        char escape = '\\';
        Set<String> seen = new HashSet<>();
        Optional<Matcher> directive = next();
        while (directive.isPresent()) {
            Matcher parts = directive.orElseThrow();
            if (!seen.add(key(parts))) {
                fault(parts, 1, "the directive stands twice", "keep one");
            } else if (key(parts).equals("escape")) {
                if (parts.group(2).equals("\\") || parts.group(2).equals("`")) {
                    escape = parts.group(2).charAt(0);
                } else {
                    fault(parts, 2, "not an escape character", "write \\ or ` after the =");
                }
            }
            lines.skip();
            directive = next();
        }
        return escape;
    }

    private Optional<Matcher> next() {
        Optional<String> line = lines.peek();
        int blanks = line.map(Blanks::leading).orElse(0);
        return directive(line.orElse("").substring(0, blanks) + "#", line);
    }

    private void fault(Matcher parts, int group, String why, String remedy) {
        String where = lines.placeOfNext(parts.start(group) + 1).toString();
        faults.add(new Problem(where, "# " + parts.group(1) + "=" + parts.group(2), why, remedy));
    }

    private static String key(Matcher parts) {
        return parts.group(1).toLowerCase(Locale.ROOT);
    }

    private static Optional<Matcher> directive(String mark, Optional<String> line) {
        return line.filter(text -> text.startsWith(mark))
                .map(text -> DIRECTIVE.matcher(text).region(mark.length(), text.length()))
                .filter(Matcher::matches)
                .filter(parts -> KEYS.contains(key(parts)));
    }

    /**
     * The value of a directive.
     *
     * @param where it was found, for errors
     */
    private record Found(String value, String where) {}
}
