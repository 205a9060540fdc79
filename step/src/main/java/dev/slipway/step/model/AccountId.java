package dev.slipway.step.model;

import java.util.regex.Pattern;

/** An AWS account: 12 digits, of which the first may be 0. */
public record AccountId(String digits) {
    private static final Pattern FORM = Pattern.compile("[0-9]{12}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    public AccountId {
        if (!FORM.matcher(digits).matches()) {
            throw new IllegalArgumentException("an account has 12 digits" + hint(digits));
        }
    }

    private static String hint(String text) {
        if (DIGITS.matcher(text).matches()) {
            return ", this has " + text.length();
        }
        String bare = text.replaceAll("[ -]", "");
        return FORM.matcher(bare).matches() ? ", without blanks and dashes" : "";
    }

    @Override
    public String toString() {
        return digits;
    }
}
