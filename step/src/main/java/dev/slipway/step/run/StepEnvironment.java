package dev.slipway.step.run;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.event.EventSink;
import dev.slipway.foundation.http.HttpTransport;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What steps are run with; the command line wires it.
 *
 * @param transport for the APIs of AWS; stays open
 * @param ecrEndpoint asked instead of ECR's own endpoints
 */
public record StepEnvironment(
        Builders builders, HttpTransport transport, Optional<URI> ecrEndpoint, EventSink events, InstantSource clock) {
    public StepEnvironment {
        requireNonNull(builders, "builders is null");
        requireNonNull(transport, "transport is null");
        requireNonNull(ecrEndpoint, "ecrEndpoint is null");
        requireNonNull(events, "events is null");
        requireNonNull(clock, "clock is null");
    }
}
