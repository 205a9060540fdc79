package dev.slipway.foundation.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.CancelledException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final double ALMOST_ONE = Math.nextDown(1.0);
    private final RetryPolicy policy =
            new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(60));

    @Test
    void theLongestPauseDoublesUpToItsBound() {
        assertThat(List.of(1, 2, 3))
                .map(failures -> policy.pauseAfter(failures, Duration.ZERO, Duration.ZERO, ALMOST_ONE)
                        .orElseThrow()
                        .toMillis())
                .containsExactly(999L, 1999L, 2999L);
    }

    @Test
    void theJitterIsFull() {
        assertThat(policy.pauseAfter(1, Duration.ZERO, Duration.ZERO, 0)).contains(Duration.ZERO);
        assertThat(policy.pauseAfter(1, Duration.ZERO, Duration.ZERO, 0.5)).contains(Duration.ofMillis(500));
    }

    @Test
    void endsAfterTheLastAttempt() {
        assertThat(policy.pauseAfter(4, Duration.ZERO, Duration.ZERO, 0)).isEmpty();
        assertThat(RetryPolicy.never().pauseAfter(1, Duration.ZERO, Duration.ZERO, 0))
                .isEmpty();
    }

    @Test
    void waitsAtLeastAsLongAsAskedButNotPastTheDeadline() {
        assertThat(policy.pauseAfter(1, Duration.ZERO, Duration.ofSeconds(30), 0.5))
                .contains(Duration.ofSeconds(30));
        assertThat(policy.pauseAfter(1, Duration.ofSeconds(31), Duration.ofSeconds(30), 0.5))
                .isEmpty();
    }

    @Test
    void noPauseIsNegativeOrLongerThanItsBound() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1000 * Integer.getInteger("slipway.cases", 1); i++) {
            RetryPolicy any = new RetryPolicy(
                    1 + random.nextInt(100),
                    Duration.ofMillis(random.nextInt(100_000)),
                    Duration.ofMillis(random.nextInt(100_000)),
                    Duration.ofDays(1));
            any.pauseAfter(1 + random.nextInt(100), Duration.ZERO, Duration.ZERO, random.nextDouble())
                    .ifPresent(pause -> assertThat(pause)
                            .as("seed %d: %s", seed, any)
                            .isBetween(Duration.ZERO, any.longestPause()));
        }
    }

    @Test
    void repeatsUntilTheWorkSucceeds() throws IOException {
        TestingPace pace = new TestingPace();
        AtomicInteger attempts = new AtomicInteger();
        String result = new Retry(policy, pace, () -> 0.5)
                .call(
                        () -> {
                            if (attempts.incrementAndGet() < 3) {
                                throw new IOException("not yet");
                            }
                            return "done";
                        },
                        failure -> Advice.AGAIN);
        assertThat(result).isEqualTo("done");
        assertThat(pace.pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void givesUpWhereTheJudgeSaysSo() {
        TestingPace pace = new TestingPace();
        assertThatThrownBy(() -> new Retry(policy, pace, () -> 0.5).call(failing(), failure -> Advice.GIVE_UP))
                .hasMessage("broken");
        assertThat(pace.pauses).isEmpty();
    }

    @Test
    void givesTheLastFailureWhenThePolicyHasHadEnough() {
        TestingPace pace = new TestingPace();
        assertThatThrownBy(() -> new Retry(policy, pace, () -> 0.5).call(failing(), failure -> Advice.AGAIN))
                .hasMessage("broken");
        assertThat(pace.pauses).hasSize(3);
    }

    @Test
    void anInterruptIsNotAFailureToRepeat() {
        TestingPace pace = new TestingPace();
        assertThatThrownBy(() -> new Retry(policy, pace, () -> 0.5)
                        .call(
                                () -> {
                                    throw new InterruptedIOException("stop");
                                },
                                failure -> Advice.AGAIN))
                .isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }

    private static Retry.Attempt<String> failing() {
        return () -> {
            throw new IOException("broken");
        };
    }

    /** Does not wait. */
    private static final class TestingPace implements Pace {
        private final List<Duration> pauses = new ArrayList<>();

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void pause(Duration duration) {
            pauses.add(duration);
        }
    }
}
