package dev.slipway.foundation.retry;

import java.time.Duration;
import java.util.Optional;

/**
 * How often and after which pauses a failed attempt is repeated: exponential back-off with full jitter, so that many
 * clients that failed together do not come back together. Pure; {@link Retry} acts on it.
 *
 * @param attempts all attempts, the first included
 * @param firstPause the longest pause after the first failure; doubles with each failure
 * @param longestPause bounds what the doubling gives, but not what a service asks for
 * @param within no attempt starts later than this after the first one began
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause, Duration within) {
    private static final int MOST_DOUBLINGS = 30;

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts is " + attempts);
        }
        if (firstPause.isNegative() || longestPause.isNegative() || within.isNegative()) {
            throw new IllegalArgumentException("negative duration");
        }
    }

    /** Six attempts, pauses of up to 0.5, 1, 2, 4 and 8 seconds, five minutes in all. */
    public static RetryPolicy standard() {
        return new RetryPolicy(6, Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofMinutes(5));
    }

    /** One attempt. */
    public static RetryPolicy never() {
        return new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /**
     * The pause before the next attempt, or empty if there is none.
     *
     * @param failures how many attempts have failed, at least 1
     * @param elapsed since the first attempt began
     * @param askedFor the least pause that the service asked for (Retry-After); zero where it did not
     * @param random from 0 (inclusive) to 1 (exclusive)
     */
    public Optional<Duration> pauseAfter(int failures, Duration elapsed, Duration askedFor, double random) {
        if (failures >= attempts) {
            return Optional.empty();
        }
        Duration ceiling = firstPause.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration bounded = ceiling.compareTo(longestPause) < 0 ? ceiling : longestPause;
        Duration jittered = Duration.ofNanos((long) (bounded.toNanos() * random));
        Duration pause = askedFor.compareTo(jittered) > 0 ? askedFor : jittered;
        return elapsed.plus(pause).compareTo(within) > 0 ? Optional.empty() : Optional.of(pause);
    }
}
