package dev.slipway.step.connector;

import dev.slipway.foundation.error.Place;
import dev.slipway.step.model.AwsConnector;
import dev.slipway.step.model.Connector;
import dev.slipway.step.model.ConnectorId;
import dev.slipway.step.model.Reference;
import dev.slipway.step.model.SettingOrSecret;
import dev.slipway.step.yaml.Fields;
import java.util.List;
import java.util.Optional;

/** Reads the spec of a connector to AWS. */
final class AwsSpec {
    static final List<String> KEYS = List.of(
            "credential",
            "crossAccountAccess",
            "delegateSelectors",
            "executeOnDelegate",
            "awsSdkClientBackOffStrategyOverride",
            "ignoreTestConnection");
    private static final List<String> CREDENTIAL_KEYS = List.of("type", "spec", "crossAccountAccess", "region");

    private final Fields spec;
    private final ConnectorId id;

    AwsSpec(Fields spec, ConnectorId id) {
        this.spec = spec;
        this.id = id;
    }

    /** Empty if faults have been noted. */
    Optional<Connector> read(Place place) {
        spec.require("credential", "it says how to sign in");
        crossAccount(spec);
        Optional<Fields> credential = spec.nested("credential", CREDENTIAL_KEYS);
        if (credential.isEmpty()) {
            return Optional.empty();
        }
        crossAccount(credential.get());
        credential.get().require("type", "ManualConfig is an access key");
        return credential.get().text("type").flatMap(type -> switch (type) {
            case "ManualConfig" -> manual(credential.get(), place);
            case "InheritFromDelegate" -> notYet(credential.get(), type, "the identity of the machine");
            case "Irsa" -> notYet(credential.get(), type, "the identity of a service account");
            case "OidcAuthentication" -> oidc(credential.get(), type);
            default -> unknown(credential.get(), type);
        });
    }

    private Optional<Connector> manual(Fields credential, Place place) {
        credential.require("spec", "it holds the access key");
        return credential
                .nested("spec", List.of("accessKey", "accessKeyRef", "secretKeyRef", "sessionTokenRef"))
                .flatMap(keys -> {
                    Optional<SettingOrSecret> accessKey = EitherKey.read(keys, "accessKey", "accessKeyRef");
                    keys.require("secretKeyRef", "it names the secret with the secret key");
                    Optional<Reference> secretKey = EitherKey.reference(keys, "secretKeyRef");
                    Optional<Reference> sessionToken = EitherKey.reference(keys, "sessionTokenRef");
                    return accessKey.flatMap(access ->
                            secretKey.map(secret -> new AwsConnector(id, access, secret, sessionToken, place)));
                });
    }

    private static Optional<Connector> oidc(Fields credential, String type) {
        credential
                .nested("spec", List.of("iamRoleArn"))
                .ifPresent(oidc -> oidc.require("iamRoleArn", "it is the role to take"));
        return notYet(credential, type, "tokens of an identity provider");
    }

    private static Optional<Connector> notYet(Fields credential, String type, String why) {
        credential
                .faults()
                .notSupportedYet(
                        credential.place("type"),
                        credential.name("type") + " " + type,
                        why + "; use an access key (ManualConfig)");
        return Optional.empty();
    }

    private static Optional<Connector> unknown(Fields credential, String type) {
        credential
                .faults()
                .add(
                        credential.place("type"),
                        credential.name("type") + " '" + type + "'",
                        "expected one of ManualConfig, InheritFromDelegate, Irsa, OidcAuthentication");
        return Optional.empty();
    }

    /** It stands beside the credential or in it: both are found in the wild. */
    private static void crossAccount(Fields fields) {
        fields.nested("crossAccountAccess", List.of("crossAccountRoleArn", "externalId"))
                .ifPresent(access -> {
                    access.require("crossAccountRoleArn", "it is the role to take");
                    fields.faults()
                            .notSupportedYet(
                                    fields.place("crossAccountAccess"),
                                    fields.name("crossAccountAccess"),
                                    "roles of other accounts");
                });
    }
}
