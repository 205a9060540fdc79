package dev.slipway.engine.context;

import dev.slipway.dockerfile.source.Credentials;
import java.util.List;
import java.util.Locale;

/** A git command that did not succeed; how it is told depends on what it was for. */
final class GitFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private static final List<String> WORDS = List.of("fatal:", "error:", "remote:", "ssh:");
    private static final List<String> REFUSED =
            List.of("could not read username", "could not read password", "authentication failed", "permission denied");
    private static final List<String> SHALLOW =
            List.of("shallow", "--depth", "unadvertised object", "not our ref", "no such remote ref");
    private static final List<String> UNREACHED = List.of(
            "could not resolve",
            "unable to access",
            "unable to connect",
            "connection",
            "hung up",
            "early eof",
            "returned error: 5");
    private static final List<String> ABSENT =
            List.of("not found", "does not exist", "not exported", "returned error: 404");

    private final boolean silenced;

    /** @param lines the last that git wrote */
    GitFailure(List<String> lines, boolean silenced) {
        super(words(lines, silenced));
        this.silenced = silenced;
    }

    /** What git said, without its progress and without credentials. */
    String said() {
        return String.valueOf(getMessage());
    }

    /** Whether credentials are missing or refused. */
    boolean isRefusal() {
        return says(REFUSED);
    }

    /** Whether the server does not give what was asked for in so few objects, and may give all of them. */
    boolean isShallowRefusal() {
        return says(SHALLOW);
    }

    /** Whether the server says that it has no such repository. */
    boolean isAbsence() {
        return says(ABSENT);
    }

    /** Whether the server was not reached, or broke off: another time it may work. */
    boolean isUnreached() {
        return silenced || (!isAbsence() && says(UNREACHED));
    }

    private boolean says(List<String> phrases) {
        String text = said().toLowerCase(Locale.ROOT);
        return phrases.stream().anyMatch(text::contains);
    }

    private static String words(List<String> lines, boolean silenced) {
        if (silenced) {
            return "git was silent for too long";
        }
        List<String> telling = lines.stream()
                .filter(line -> WORDS.stream().anyMatch(line::startsWith))
                .filter(line -> !line.contains("%"))
                .toList();
        List<String> shown = telling.isEmpty() ? lines.subList(Math.max(0, lines.size() - 3), lines.size()) : telling;
        return shown.isEmpty() ? "git said nothing" : Credentials.redact(String.join("; ", shown));
    }
}
