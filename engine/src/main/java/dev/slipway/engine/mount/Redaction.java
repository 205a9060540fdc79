package dev.slipway.engine.mount;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes secrets out of what a command says. Of a secret of several lines, each line is one, unless it is so short that it
 * may well be something else. The time that a line takes does not depend on the number of secrets. Thread-safe.
 */
final class Redaction {
    private static final String STARS = "***";
    /** Whole values from this length on are taken out, in characters: shorter ones cannot be told from other text. */
    private static final int SHORTEST = 4;
    /** The same for a line of several. */
    private static final int SHORTEST_LINE = 8;

    /** By their first characters; of those that begin alike, the longest first. */
    private final Map<String, List<String>> byStart = new HashMap<>();

    Redaction(List<String> secrets) {
        for (String secret : secrets) {
            List<String> lines = secret.lines().map(String::strip).toList();
            int shortest = lines.size() > 1 ? SHORTEST_LINE : SHORTEST;
            lines.stream().filter(line -> line.length() >= shortest).distinct().forEach(this::add);
        }
        byStart.values().forEach(list -> list.sort((a, b) -> Integer.compare(b.length(), a.length())));
    }

    private void add(String line) {
        byStart.computeIfAbsent(line.substring(0, SHORTEST), _ -> new ArrayList<>())
                .add(line);
    }

    /** The text with stars where a secret stood. */
    String of(String text) {
        if (byStart.isEmpty()) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int length = secretAt(text, at);
            if (length > 0) {
                clean.append(STARS);
                at += length;
            } else {
                clean.append(text.charAt(at));
                at++;
            }
        }
        return clean.toString();
    }

    private int secretAt(String text, int at) {
        if (at + SHORTEST > text.length()) {
            return 0;
        }
        for (String secret : byStart.getOrDefault(text.substring(at, at + SHORTEST), List.of())) {
            if (text.startsWith(secret, at)) {
                return secret.length();
            }
        }
        return 0;
    }
}
