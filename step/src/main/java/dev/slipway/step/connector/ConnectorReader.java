package dev.slipway.step.connector;

import dev.slipway.foundation.error.Place;
import dev.slipway.step.model.AwsConnector;
import dev.slipway.step.model.Connector;
import dev.slipway.step.model.ConnectorId;
import dev.slipway.step.model.DockerRegistryConnector;
import dev.slipway.step.model.Identifier;
import dev.slipway.step.model.Scope;
import dev.slipway.step.yaml.Faults;
import dev.slipway.step.yaml.Fields;
import dev.slipway.step.yaml.YamlNode;
import dev.slipway.step.yaml.YamlNode.Mapping;
import dev.slipway.step.yaml.YamlParser;
import java.util.List;
import java.util.Optional;

/** Reads the file of a connector. */
final class ConnectorReader {
    private static final List<String> KEYS = List.of(
            "name",
            "identifier",
            "description",
            "accountIdentifier",
            "orgIdentifier",
            "projectIdentifier",
            "tags",
            "type",
            "spec");

    private ConnectorReader() {}

    /**
     * Reads a connector.
     *
     * @throws dev.slipway.foundation.error.InvalidInputException if the file does not even say which connector it is
     */
    static ConnectorFile read(String file, byte[] text) {
        Faults outer = new Faults();
        Optional<Fields> fields = open(file, YamlParser.parse(file, text), outer);
        outer.throwIfAny();
        Fields connector = fields.orElseThrow();
        ConnectorId id = id(connector, outer);
        outer.throwIfAny();
        Faults inner = connector.faults();
        String type = connector.text("type").orElse("");
        connector.require("type", "it is " + AwsConnector.TYPE + " or " + DockerRegistryConnector.TYPE);
        Optional<Connector> read = spec(connector, id, type);
        return new ConnectorFile(
                id, type, connector.place(), inner.isEmpty() ? read : Optional.empty(), inner.problems());
    }

    private static Optional<Fields> open(String file, Optional<YamlNode> root, Faults faults) {
        if (root.isEmpty() || !(root.get() instanceof Mapping mapping)) {
            faults.add(
                    root.map(YamlNode::place).orElse(Place.ofFile(file)), "no connector", "expected the key connector");
            return Optional.empty();
        }
        Fields outermost = Fields.of("", mapping, List.of("connector"), faults);
        outermost.require("connector", "a file of this directory holds one");
        Faults inner = new Faults();
        return outermost
                .node("connector")
                .filter(Mapping.class::isInstance)
                .map(node -> Fields.of("connector", (Mapping) node, KEYS, inner))
                .or(() -> {
                    faults.add(outermost.place("connector"), "connector", "expected a mapping");
                    return Optional.empty();
                });
    }

    private static ConnectorId id(Fields connector, Faults faults) {
        Fields own = connector.withFaults(faults);
        own.require("identifier", "steps refer to the connector by it");
        Optional<Identifier> identifier = own.read("identifier", scalar -> new Identifier(scalar.text()));
        boolean org = own.text("orgIdentifier").isPresent();
        boolean project = own.text("projectIdentifier").isPresent();
        if (project && !org) {
            faults.add(
                    own.place("projectIdentifier"),
                    "connector.projectIdentifier",
                    "a project is in an org: orgIdentifier is missing");
        }
        faults.throwIfAny();
        Scope scope = project ? Scope.PROJECT : org ? Scope.ORG : Scope.ACCOUNT;
        return new ConnectorId(scope, identifier.orElseThrow());
    }

    private static Optional<Connector> spec(Fields connector, ConnectorId id, String type) {
        if (type.isEmpty()) {
            return Optional.empty();
        }
        if (!type.equals(AwsConnector.TYPE) && !type.equals(DockerRegistryConnector.TYPE)) {
            connector
                    .faults()
                    .notSupportedYet(
                            connector.place("type"),
                            "a connector of type " + type,
                            "only " + AwsConnector.TYPE + " and " + DockerRegistryConnector.TYPE);
            return Optional.empty();
        }
        connector.require("spec", "it says how to sign in");
        return type.equals(AwsConnector.TYPE)
                ? connector.nested("spec", AwsSpec.KEYS).flatMap(spec -> new AwsSpec(spec, id).read(connector.place()))
                : connector
                        .nested("spec", DockerRegistrySpec.KEYS)
                        .flatMap(spec -> new DockerRegistrySpec(spec, id).read(connector.place()));
    }
}
