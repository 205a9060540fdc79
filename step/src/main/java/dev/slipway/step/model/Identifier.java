package dev.slipway.step.model;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What other parts of a pipeline call a step or connector by: a letter or {@code _}, then at most 127 letters, digits and
 * {@code _}.
 */
public record Identifier(String text) {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z_][0-9a-zA-Z_]{0,127}");
    private static final Pattern DROPPED = Pattern.compile("[^0-9A-Za-z_$ ]");
    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Set<String> RESERVED = Set.of(
            "or",
            "and",
            "eq",
            "ne",
            "lt",
            "gt",
            "le",
            "ge",
            "div",
            "mod",
            "not",
            "null",
            "true",
            "false",
            "new",
            "var",
            "return",
            "step",
            "parallel",
            "stepGroup",
            "org",
            "account",
            "status",
            "liteEngineTask");

    public Identifier {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "an identifier has at most 128 letters, digits and '_', and does not begin" + " with a digit");
        }
        if (RESERVED.contains(text)) {
            throw new IllegalArgumentException("'" + text + "' is a reserved word");
        }
    }

    /**
     * The identifier that the step's editor makes of a name: blanks at the ends and every character that may not stand
     * in one are dropped, each run of spaces becomes {@code _}. What it gives may be no valid identifier: {@code 1st}.
     */
    public static String derive(String name) {
        String kept = DROPPED.matcher(name.strip()).replaceAll("");
        return SPACES.matcher(kept).replaceAll("_");
    }

    @Override
    public String toString() {
        return text;
    }
}
