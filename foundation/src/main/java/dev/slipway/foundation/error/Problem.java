package dev.slipway.foundation.error;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One fault in one paragraph: where it is, what failed, why, and what to do about it.
 *
 * @param where a {@link Place}, a path, or registry/repository; empty where there is none
 * @param what what was tried or what is wrong, e.g. {@code "push blob sha256:ab…"}
 * @param why the reason as the machine gave it; empty where {@code what} says it all
 * @param remedy what the user can do; empty where nothing sure can be said
 */
public record Problem(String where, String what, String why, String remedy) {
    public Problem {
        requireNonNull(where, "where is null");
        requireNonNull(what, "what is null");
        requireNonNull(why, "why is null");
        requireNonNull(remedy, "remedy is null");
        if (what.isBlank()) {
            throw new IllegalArgumentException("a problem says what failed");
        }
    }

    public static Problem of(String what) {
        return new Problem("", what, "", "");
    }

    public static Problem of(String what, String why) {
        return new Problem("", what, why, "");
    }

    public Problem at(Place place) {
        return new Problem(place.toString(), what, why, remedy);
    }

    public Problem at(String newWhere) {
        return new Problem(newWhere, what, why, remedy);
    }

    public Problem because(String newWhy) {
        return new Problem(where, what, newWhy, remedy);
    }

    public Problem remedy(String newRemedy) {
        return new Problem(where, what, why, newRemedy);
    }

    /** The problem together with others, which its remedy then ends with: for errors that hold one problem. */
    public Problem and(List<Problem> others) {
        StringBuilder all = new StringBuilder(remedy);
        others.forEach(other -> all.append("; also: ").append(other));
        return remedy(all.toString());
    }

    /** The paragraph that a user reads: {@code where: what: why; remedy}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!where.isEmpty()) {
            text.append(where).append(": ");
        }
        text.append(what);
        if (!why.isEmpty()) {
            text.append(": ").append(why);
        }
        if (!remedy.isEmpty()) {
            text.append("; ").append(remedy);
        }
        return text.toString();
    }
}
