package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code HEALTHCHECK [flags] CMD …} or {@code HEALTHCHECK NONE}. A zero duration or zero retries mean "not given".
 *
 * @param probe absent for NONE
 */
public record Healthcheck(
        Origin origin,
        Optional<CommandLine> probe,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        Duration startInterval,
        int retries)
        implements Instruction {
    public Healthcheck {
        requireNonNull(origin, "origin is null");
        requireNonNull(probe, "probe is null");
        requireNonNull(interval, "interval is null");
        requireNonNull(timeout, "timeout is null");
        requireNonNull(startPeriod, "startPeriod is null");
        requireNonNull(startInterval, "startInterval is null");
    }

    @Override
    public String keyword() {
        return "HEALTHCHECK";
    }
}
