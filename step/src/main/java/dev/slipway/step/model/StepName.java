package dev.slipway.step.model;

import java.util.regex.Pattern;

/** A step's name: 1 to 128 letters, digits, {@code _}, {@code -}, {@code .} and blanks; the first is no blank. */
public record StepName(String text) {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z_0-9.-][-0-9a-zA-Z_\\s.]{0,127}");

    public StepName {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a name has 1 to 128 letters, digits, '_', '-', '.' and blanks, and does not begin with a blank");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
