package dev.slipway.it.execution;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a case says about a path.
 *
 * @param path absolute, quoted as in the case
 * @param text everything behind the path but the time, e.g. {@code file 0644 0:0 "hi\n"}
 * @param modified seconds since 1970, where the case says it
 */
record TreeLine(String path, String text, Optional<Long> modified) {
    private static final Pattern LINE = Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*\"|\\S+) (.*?)(?: @(\\d+))?");

    static TreeLine parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a line of a tree: " + line);
        }
        return new TreeLine(
                matcher.group(1),
                matcher.group(2),
                Optional.ofNullable(matcher.group(3)).map(Long::valueOf));
    }
}
