package dev.slipway.foundation.retry;

import java.time.Duration;

/** Time as a retry sees it: a monotonic clock and a way to wait. */
public interface Pace {
    /** The machine's own time. */
    Pace REAL = new Pace() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    };

    /** Nanoseconds since an arbitrary moment; never goes back. */
    long nanoTime();

    void pause(Duration duration) throws InterruptedException;
}
