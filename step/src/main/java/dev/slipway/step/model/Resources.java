package dev.slipway.step.model;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Place;

/**
 * What the step's container may use and is given. They bound how a step runs, not what it makes.
 *
 * @param place of the key
 */
public record Resources(Amounts limits, Amounts requests, Place place) {
    public Resources {
        requireNonNull(limits, "limits is null");
        requireNonNull(requests, "requests is null");
        requireNonNull(place, "place is null");
    }
}
