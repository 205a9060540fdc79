package dev.slipway.engine.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One line of a stage's history, and what has to be done for it.
 *
 * @param createdBy the line as docker-compatible tools show it
 * @param operation absent for a line that changes the configuration only
 */
public record StageStep(String createdBy, Optional<Operation> operation) {
    public StageStep {
        requireNonNull(createdBy, "createdBy is null");
        requireNonNull(operation, "operation is null");
    }
}
