package dev.slipway.foundation.event;

/** Takes events. Implementations are thread-safe, do not block for long and do not throw. */
@FunctionalInterface
public interface EventSink {
    /** Drops everything. */
    EventSink NONE = event -> {};

    void accept(Event event);
}
