package dev.slipway.image.model;

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
        test = List.copyOf(test);
    }
}
