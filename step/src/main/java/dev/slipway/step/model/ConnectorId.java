package dev.slipway.step.model;

import static java.util.Objects.requireNonNull;

/** What a connector is found by. */
public record ConnectorId(Scope scope, Identifier identifier) {
    public ConnectorId {
        requireNonNull(scope, "scope is null");
        requireNonNull(identifier, "identifier is null");
    }

    public boolean isMeantBy(Reference reference) {
        return reference.scope() == scope && reference.identifier().equals(identifier.text());
    }

    /** As a reference spells it. */
    @Override
    public String toString() {
        return scope.prefix() + identifier;
    }
}
