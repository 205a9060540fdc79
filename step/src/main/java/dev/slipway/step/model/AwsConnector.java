package dev.slipway.step.model;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Place;
import java.util.Optional;

/** A connector to AWS that signs in with an access key. */
public record AwsConnector(
        ConnectorId id,
        SettingOrSecret accessKey,
        Reference secretKeyRef,
        Optional<Reference> sessionTokenRef,
        Place place)
        implements Connector {
    public static final String TYPE = "Aws";

    public AwsConnector {
        requireNonNull(id, "id is null");
        requireNonNull(accessKey, "accessKey is null");
        requireNonNull(secretKeyRef, "secretKeyRef is null");
        requireNonNull(sessionTokenRef, "sessionTokenRef is null");
        requireNonNull(place, "place is null");
    }

    @Override
    public String type() {
        return TYPE;
    }
}
