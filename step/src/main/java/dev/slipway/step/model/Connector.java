package dev.slipway.step.model;

import dev.slipway.foundation.error.Place;

/** Access to something outside. Holds references to secrets, never a secret. */
public sealed interface Connector permits AwsConnector, DockerRegistryConnector {
    ConnectorId id();

    /** Its type as YAML spells it. */
    String type();

    /** Where its definition begins. */
    Place place();
}
