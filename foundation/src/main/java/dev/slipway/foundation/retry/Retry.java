package dev.slipway.foundation.retry;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/** Repeats work that fails with an {@link IOException} as a {@link RetryPolicy} says. Thread-safe; never nest two. */
public final class Retry {
    private final RetryPolicy policy;
    private final Pace pace;
    private final DoubleSupplier random;

    /** @param random gives numbers from 0 (inclusive) to 1 (exclusive) */
    public Retry(RetryPolicy policy, Pace pace, DoubleSupplier random) {
        this.policy = requireNonNull(policy, "policy is null");
        this.pace = requireNonNull(pace, "pace is null");
        this.random = requireNonNull(random, "random is null");
    }

    /** On the machine's own time. */
    public static Retry of(RetryPolicy policy) {
        return new Retry(policy, Pace.REAL, () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * Runs the work until it succeeds, the judge says to give up, or the policy has had enough.
     *
     * @param judge says of each failure what it means
     * @throws IOException the last failure as it was thrown
     * @throws CancelledException if this thread is interrupted; the interrupt is kept
     */
    public <T> T call(Attempt<T> work, Function<IOException, Advice> judge) throws IOException {
        long start = pace.nanoTime();
        for (int failures = 1; ; failures++) {
            try {
                return work.run();
            } catch (IOException failure) {
                stopIfInterrupted(failure);
                if (!(judge.apply(failure) instanceof Advice.Again again)) {
                    throw failure;
                }
                Duration elapsed = Duration.ofNanos(pace.nanoTime() - start);
                Optional<Duration> pause = policy.pauseAfter(failures, elapsed, again.atLeast(), random.getAsDouble());
                if (pause.isEmpty()) {
                    throw failure;
                }
                pause(pause.get());
            }
        }
    }

    private void pause(Duration duration) {
        try {
            pace.pause(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(Problem.of("interrupted"), e);
        }
    }

    private static void stopIfInterrupted(IOException failure) {
        if (failure instanceof InterruptedIOException || Thread.currentThread().isInterrupted()) {
            Thread.currentThread().interrupt();
            throw new CancelledException(Problem.of("interrupted"), failure);
        }
    }

    /** One attempt. */
    @FunctionalInterface
    public interface Attempt<T> {
        T run() throws IOException;
    }
}
