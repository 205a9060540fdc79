package dev.slipway.dockerfile.ignore;

import java.util.BitSet;

/** What an {@link IgnoreMatcher} says about one path, and what it needs to know to judge the paths below. */
public final class Verdict {
    private final boolean ignored;
    private final BitSet matched;

    Verdict(boolean ignored, BitSet matched) {
        this.ignored = ignored;
        this.matched = matched;
    }

    /** Whether the path is left out. Of a directory, something below may still be taken in. */
    public boolean ignored() {
        return ignored;
    }

    boolean matched(int pattern) {
        return matched.get(pattern);
    }
}
