package dev.slipway.dockerfile.stage;

import dev.slipway.dockerfile.value.GoBoolean;
import dev.slipway.dockerfile.value.Spelling;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which checks of {@code slipway check} run and what a finding means: {@code skip=A,B;error=true;experimental=C}.
 *
 * @param skipped names in lower case; {@code all} is every check
 * @param failing whether a finding fails the build
 * @param experimental names in lower case; {@code all} is every experimental check
 * @see <a href="https://docs.docker.com/reference/dockerfile/#check">Dockerfile reference, check</a>
 */
public record CheckSettings(Set<String> skipped, boolean failing, Set<String> experimental) {
    public static final CheckSettings NONE = new CheckSettings(Set.of(), false, Set.of());
    private static final int MOST_PARTS = 3;
    private static final List<String> SETTINGS = List.of("skip", "error", "experimental");

    public CheckSettings {
        skipped = Set.copyOf(skipped);
        experimental = Set.copyOf(experimental);
    }

    /** @throws InvalidInputException with no place, naming the part that is wrong */
    public static CheckSettings parse(String text) {
        Set<String> skipped = Set.of();
        Set<String> experimental = Set.of();
        boolean failing = false;
        if (text.isBlank()) {
            return NONE;
        }
        // What follows a third semicolon belongs to the value of the third setting.
        for (String part : text.split(";", MOST_PARTS)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw bad("'" + part.strip() + "' has no '='", text);
            }
            String value = part.substring(equals + 1).strip();
            switch (part.substring(0, equals).strip()) {
                case "skip" -> skipped = names(value);
                case "experimental" -> experimental = names(value);
                case "error" -> failing = truth(value, text);
                default -> throw unknown(part.substring(0, equals).strip(), text);
            }
        }
        return new CheckSettings(skipped, failing, experimental);
    }

    public boolean skips(String check) {
        return skipped.contains("all") || skipped.contains(check.toLowerCase(Locale.ROOT));
    }

    private static Set<String> names(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean truth(String value, String text) {
        return GoBoolean.parse(value).orElseThrow(() -> bad("'" + value + "' is neither true nor false", text));
    }

    private static InvalidInputException unknown(String name, String text) {
        String hint = Spelling.hint(name, SETTINGS);
        String why = "'" + name + "' is no setting";
        return hint.isEmpty() ? bad(why, text) : new InvalidInputException(new Problem("", "check=" + text, why, hint));
    }

    private static InvalidInputException bad(String why, String text) {
        return new InvalidInputException(
                new Problem("", "check=" + text, why, "write check=skip=NAME,NAME;error=true;experimental=NAME"));
    }
}
