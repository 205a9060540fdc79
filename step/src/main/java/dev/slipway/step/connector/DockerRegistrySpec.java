package dev.slipway.step.connector;

import dev.slipway.foundation.error.Place;
import dev.slipway.step.model.Connector;
import dev.slipway.step.model.ConnectorId;
import dev.slipway.step.model.DockerRegistryConnector;
import dev.slipway.step.model.DockerRegistryConnector.Login;
import dev.slipway.step.model.Reference;
import dev.slipway.step.model.SettingOrSecret;
import dev.slipway.step.yaml.Fields;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reads the spec of a connector to a registry. */
final class DockerRegistrySpec {
    static final List<String> KEYS = List.of(
            "dockerRegistryUrl",
            "providerType",
            "auth",
            "delegateSelectors",
            "executeOnDelegate",
            "proxy",
            "ignoreTestConnection");
    private static final List<String> PROVIDERS = List.of("DockerHub", "Harbor", "Quay", "Other");

    private final Fields spec;
    private final ConnectorId id;

    DockerRegistrySpec(Fields spec, ConnectorId id) {
        this.spec = spec;
        this.id = id;
    }

    /** Empty if faults have been noted. */
    Optional<Connector> read(Place place) {
        spec.require("dockerRegistryUrl", "it is the address of the registry");
        Optional<URI> url = spec.read("dockerRegistryUrl", scalar -> DockerRegistryConnector.parseUrl(scalar.text()));
        spec.require("providerType", "one of " + String.join(", ", PROVIDERS));
        spec.read("providerType", scalar -> {
            if (!PROVIDERS.contains(scalar.text())) {
                throw new IllegalArgumentException("expected one of " + String.join(", ", PROVIDERS));
            }
            return scalar.text();
        });
        Optional<Login> login = spec.nested("auth", List.of("type", "spec")).flatMap(this::login);
        return spec.faults().isEmpty()
                ? url.map(address -> new DockerRegistryConnector(id, address, login, place))
                : Optional.empty();
    }

    /** Empty for an anonymous one, and if faults have been noted. */
    private Optional<Login> login(Fields auth) {
        auth.require("type", "Anonymous or UsernamePassword");
        String type = auth.text("type").orElse("");
        if (type.equals("UsernamePassword")) {
            auth.require("spec", "it holds user name and password");
            return auth.nested("spec", List.of("username", "usernameRef", "passwordRef"))
                    .flatMap(DockerRegistrySpec::usernamePassword);
        }
        if (!type.isEmpty() && !type.equals("Anonymous")) {
            auth.faults()
                    .add(
                            auth.place("type"),
                            auth.name("type") + " '" + type + "'",
                            "expected one of Anonymous, UsernamePassword");
        }
        return Optional.empty();
    }

    private static Optional<Login> usernamePassword(Fields keys) {
        Optional<SettingOrSecret> username = EitherKey.read(keys, "username", "usernameRef");
        keys.require("passwordRef", "it names the secret with the password");
        Optional<Reference> password = EitherKey.reference(keys, "passwordRef");
        return username.flatMap(user -> password.map(secret -> new Login(user, secret)));
    }
}
