package dev.slipway.step.connector;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import dev.slipway.step.model.Connector;
import dev.slipway.step.model.ConnectorId;
import java.util.List;
import java.util.Optional;

/**
 * What a file says. A connector that is wrong or not supported is kept with its faults, which are told when a step uses
 * it: a directory may hold connectors that are none of this step's business.
 *
 * @param connector absent where there are faults
 */
record ConnectorFile(ConnectorId id, String type, Place place, Optional<Connector> connector, List<Problem> faults) {
    ConnectorFile {
        requireNonNull(id, "id is null");
        requireNonNull(type, "type is null");
        requireNonNull(place, "place is null");
        faults = List.copyOf(faults);
        if (connector.isPresent() != faults.isEmpty()) {
            throw new IllegalArgumentException("a connector or its faults");
        }
    }
}
