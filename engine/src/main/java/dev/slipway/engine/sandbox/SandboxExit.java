package dev.slipway.engine.sandbox;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How a process ended.
 *
 * @param status exit status, 128 + number for a signal
 * @param signal name of the signal that ended it, e.g. {@code SIGKILL}
 * @param outOfMemory whether the kernel killed it, or a process that it started, because memory ran out
 */
public record SandboxExit(int status, Optional<String> signal, boolean outOfMemory) {
    public SandboxExit {
        requireNonNull(signal, "signal is null");
    }
}
