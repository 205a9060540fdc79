package dev.slipway.engine.sandbox;

import java.util.Optional;

/**
 * How a process ended.
 *
 * @param status exit status, 128 + number for a signal
 * @param signal name of the signal that ended it, e.g. {@code SIGKILL}
 */
public record SandboxExit(int status, Optional<String> signal) {}
