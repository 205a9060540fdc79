package dev.slipway.engine.copy;

import dev.slipway.engine.plan.ImagePath;

/**
 * A source of {@code COPY --parents}: what stands before the first {@code /./} is only where to look, what follows keeps
 * its path below the destination.
 *
 * @param start the directory, perhaps a pattern of {@link SourcePatterns}
 * @param kept a pattern as in .dockerignore, relative to the start
 * @see <a href="https://docs.docker.com/reference/dockerfile/#copy---parents">Dockerfile reference, COPY --parents</a>
 */
record KeptPath(String start, String kept) {
    private static final String PIVOT = "/./";

    static KeptPath of(String source) {
        int pivot = source.indexOf(PIVOT);
        String start = pivot < 0 ? "/" : source.substring(0, pivot);
        String kept = pivot < 0 ? source : source.substring(pivot + PIVOT.length());
        return new KeptPath(start, ImagePath.clean("/" + kept).substring(1));
    }

    /** Whether it names one thing, which then has to be there. */
    boolean isLiteral() {
        return !hasWildcard(start) && !hasWildcard(kept);
    }

    /** The whole path without the pivot. */
    String whole() {
        return start + "/" + kept;
    }

    private static boolean hasWildcard(String text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '*', '?', '[' -> {
                    return true;
                }
                case '\\' -> i++;
                default -> {}
            }
        }
        return false;
    }
}
