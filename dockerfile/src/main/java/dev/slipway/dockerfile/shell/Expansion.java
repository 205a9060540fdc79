package dev.slipway.dockerfile.shell;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * The result of an expansion.
 *
 * @param words one, unless word splitting was asked for
 * @param used the names that were looked up and are set, in order of first use
 * @param undefined the names that were looked up and are not set, in order of first use; a name with a default counts
 */
public record Expansion(List<String> words, SequencedSet<String> used, SequencedSet<String> undefined) {
    public Expansion {
        words = List.copyOf(words);
        used = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(used));
        undefined = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(undefined));
    }

    /** The one word of a single-word expansion. */
    public String text() {
        return String.join(" ", words);
    }
}
