package dev.slipway.step.model;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One step of a pipeline.
 *
 * @param description empty where there is none
 * @param timeout after which the step fails
 * @param place where the step begins
 */
public record Step(
        StepName name,
        Identifier identifier,
        String description,
        Optional<Duration> timeout,
        BuildAndPushEcr spec,
        Place place) {
    /** The only type there is. */
    public static final String TYPE = "BuildAndPushECR";

    public Step {
        requireNonNull(name, "name is null");
        requireNonNull(identifier, "identifier is null");
        requireNonNull(description, "description is null");
        requireNonNull(timeout, "timeout is null");
        requireNonNull(spec, "spec is null");
        requireNonNull(place, "place is null");
    }

    /** What is set and not applied, though the image is the same without it. */
    public List<Problem> warnings() {
        return spec.resources().stream()
                .map(resources -> Problem.of(
                                "resources",
                                "limits are not applied when a step runs on this machine; nothing else changes")
                        .at(resources.place()))
                .toList();
    }
}
