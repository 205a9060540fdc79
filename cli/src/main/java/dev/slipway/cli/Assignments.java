package dev.slipway.cli;

import dev.slipway.cli.wiring.Surroundings;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of options that are {@code KEY=VALUE}; of a key that is given twice, the last value counts. */
final class Assignments {
    private Assignments() {}

    /** @throws InvalidInputException if one has no key or no equals sign */
    static Map<String, String> of(String option, List<String> texts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String text : texts) {
            put(values, option, text, text.indexOf('='), "KEY=VALUE");
        }
        return values;
    }

    /** As {@link #of}; a key alone takes the variable's value, and nothing if there is no such variable. */
    static Map<String, String> orFromEnvironment(String option, List<String> texts, Surroundings surroundings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String text : texts) {
            if (text.contains("=")) {
                put(values, option, text, text.indexOf('='), "KEY[=VALUE]");
            } else if (surroundings.environment().containsKey(text)) {
                values.put(text, surroundings.environment().get(text));
            }
        }
        return values;
    }

    /** As {@link #of}; a colon does, too, so that IPv6 addresses need the equals sign. */
    static Map<String, String> hosts(String option, List<String> texts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String text : texts) {
            put(values, option, text, text.contains("=") ? text.indexOf('=') : text.indexOf(':'), "HOST=IP");
        }
        return values;
    }

    private static void put(Map<String, String> values, String option, String text, int separator, String form) {
        if (separator <= 0) {
            throw new InvalidInputException(
                    Problem.of("'" + text + "' is not " + form).at(option));
        }
        values.put(text.substring(0, separator), text.substring(separator + 1));
    }
}
