package dev.slipway.image.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * How a container's health is probed. A zero duration or zero retries mean "as the base or the runtime has it".
 *
 * @param test {@code ["NONE"]}, {@code ["CMD", …]} or {@code ["CMD-SHELL", text]}
 */
public record Healthcheck(
        List<String> test,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        Duration startInterval,
        int retries) {
    public Healthcheck {
        requireNonNull(interval, "interval is null");
        requireNonNull(timeout, "timeout is null");
        requireNonNull(startPeriod, "startPeriod is null");
        requireNonNull(startInterval, "startInterval is null");
        test = List.copyOf(test);
    }
}
