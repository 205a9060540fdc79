package dev.slipway.foundation.http;

import java.time.Duration;

/** When a byte of an exchange last moved, and how long it may rest now. Thread-safe. */
final class Activity {
    private final Duration stall;
    private final Duration answer;
    private volatile long lastMove = System.nanoTime();
    private volatile boolean waitingForSource;
    private volatile boolean bodySent;

    /** @param answer the limit once the body has been sent */
    Activity(Duration stall, Duration answer) {
        this.stall = stall;
        this.answer = answer;
    }

    void moved() {
        lastMove = System.nanoTime();
    }

    /** The body's own source is being read: the network is not to blame for the time this takes. */
    void sourceIsRead(boolean now) {
        moved();
        waitingForSource = now;
    }

    void bodySent() {
        moved();
        bodySent = true;
    }

    Duration limit() {
        return bodySent ? answer : stall;
    }

    /** Zero or less when the exchange has rested for too long. */
    long nanosLeft() {
        long limit = limit().toNanos();
        return waitingForSource ? limit : limit - (System.nanoTime() - lastMove);
    }
}
