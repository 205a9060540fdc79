package dev.slipway.dockerfile.parse;

import dev.slipway.dockerfile.stage.CheckSettings;
import dev.slipway.dockerfile.stage.Directives;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the directives at the top of a file; the first line that is none ends them. */
final class DirectiveReader {
    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(\\S.*)");
    private static final Pattern OUR_SYNTAX =
            Pattern.compile("(?:[^\\s]+/)?docker/dockerfile(?:-upstream)?(?:[:@]\\S*)?|dockerfile\\.v0");

    private final LineReader lines;
    private final Faults faults;
    private final Set<String> seen = new HashSet<>();
    private Optional<String> syntax = Optional.empty();
    private Optional<CheckSettings> check = Optional.empty();
    private char escape = '\\';

    DirectiveReader(LineReader lines, Faults faults) {
        this.lines = lines;
        this.faults = faults;
    }

    Directives read() {
        boolean script = lines.peek().filter(line -> line.startsWith("#!")).isPresent();
        if (script) {
            lines.skip();
        }
        while (lines.peek().filter(this::take).isPresent()) {
            lines.skip();
        }
        return new Directives(syntax, escape, check);
    }

    /** Whether the line is a directive. */
    private boolean take(String line) {
        Matcher matcher = DIRECTIVE.matcher(line.strip());
        if (!matcher.matches()) {
            return false;
        }
        String key = matcher.group(1).toLowerCase(Locale.ROOT);
        if (!Set.of("syntax", "escape", "check").contains(key)) {
            return false;
        }
        Place place = lines.placeOfNext(line.indexOf('#') + 1);
        if (!seen.add(key)) {
            faults.add(new Problem(place.toString(), line.strip(), "the directive stands twice", "keep one"));
            return true;
        }
        String value = matcher.group(2).strip();
        switch (key) {
            case "syntax" -> syntax(value, place);
            case "escape" -> escape(value, place);
            default -> check(value, place);
        }
        return true;
    }

    private void syntax(String value, Place place) {
        String image = value.split("\\s+", 2)[0];
        if (!OUR_SYNTAX.matcher(image).matches()) {
            faults.add(new Problem(
                    place.toString(),
                    "# syntax=" + value,
                    "only the language of docker/dockerfile is built in; other frontends are not run",
                    "remove the line if the file is a plain Dockerfile"));
        }
        syntax = Optional.of(value);
    }

    private void escape(String value, Place place) {
        if (value.equals("\\") || value.equals("`")) {
            escape = value.charAt(0);
        } else {
            faults.add(new Problem(
                    place.toString(), "# escape=" + value, "not an escape character", "write \\ or ` after the ="));
        }
    }

    private void check(String value, Place place) {
        try {
            check = Optional.of(CheckSettings.parse(value));
        } catch (InvalidInputException e) {
            faults.addAll(e, place);
        }
    }
}
