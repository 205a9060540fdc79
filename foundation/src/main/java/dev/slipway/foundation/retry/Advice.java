package dev.slipway.foundation.retry;

import java.time.Duration;

/** What a failure means for a repetition. */
public sealed interface Advice {
    Advice GIVE_UP = new GiveUp();
    Advice AGAIN = new Again(Duration.ZERO);

    static Advice againAfter(Duration atLeast) {
        return new Again(atLeast);
    }

    /** A repetition would fail in the same way, or would do harm. */
    record GiveUp() implements Advice {}

    /** @param atLeast the pause that the service asked for; zero where it did not */
    record Again(Duration atLeast) implements Advice {}
}
