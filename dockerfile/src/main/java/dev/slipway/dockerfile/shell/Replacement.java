package dev.slipway.dockerfile.shell;

/**
 * The text that takes the place of the matches in {@code ${name//pattern/text}}. Docker hands it to Go's regular
 * expressions, which read {@code $0} in it as the match, {@code $$} as a dollar and every other {@code $name} as nothing.
 *
 * @see <a href="https://pkg.go.dev/regexp#Regexp.Expand">Go, Regexp.Expand</a>
 */
record Replacement(String template) {
    String of(String match) {
        if (template.indexOf('$') < 0) {
            return template;
        }
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at++);
            if (c != '$' || at == template.length()) {
                result.append(c);
            } else if (template.charAt(at) == '$') {
                result.append('$');
                at++;
            } else {
                at = group(at, match, result);
            }
        }
        return result.toString();
    }

    /** Reads the name behind a dollar and returns where to go on. */
    private int group(int from, String match, StringBuilder result) {
        boolean braced = template.charAt(from) == '{';
        int start = braced ? from + 1 : from;
        int end = start;
        while (end < template.length() && isNameCharacter(template.charAt(end))) {
            end++;
        }
        if (end == start || (braced && (end == template.length() || template.charAt(end) != '}'))) {
            result.append('$');
            return from;
        }
        if (template.substring(start, end).equals("0")) {
            result.append(match);
        }
        return braced ? end + 1 : end;
    }

    private static boolean isNameCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
