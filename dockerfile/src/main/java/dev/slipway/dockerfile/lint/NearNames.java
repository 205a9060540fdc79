package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.value.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the names that were meant; gives up where a file has so many that looking would take longer than all the checks. */
final class NearNames {
    private static final int FARTHEST = 2;
    private static final long MOST_COMPARISONS = 2_000_000;

    private long compared;

    /** The one name that is near enough to be sure. One whose length differs by more is not. */
    Optional<String> near(String name, Stream<String> known) {
        if (compared > MOST_COMPARISONS) {
            return Optional.empty();
        }
        List<String> all = known.toList();
        compared += all.size();
        List<String> candidates = all.stream()
                .filter(other -> Math.abs(other.length() - name.length()) <= FARTHEST)
                .distinct()
                .toList();
        return Spelling.nearest(name, candidates);
    }
}
