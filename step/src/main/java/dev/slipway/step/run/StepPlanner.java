package dev.slipway.step.run;

import static java.util.Objects.requireNonNull;

import dev.slipway.aws.credentials.AwsCredentials;
import dev.slipway.aws.credentials.AwsLogin;
import dev.slipway.aws.ecr.EcrHost;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.request.Definition;
import dev.slipway.engine.request.ExportSettings;
import dev.slipway.engine.request.SourceSettings;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.registry.auth.RegistryCredential;
import dev.slipway.step.connector.Connectors;
import dev.slipway.step.connector.SecretSource;
import dev.slipway.step.model.AwsConnector;
import dev.slipway.step.model.BuildAndPushEcr;
import dev.slipway.step.model.DockerRegistryConnector;
import dev.slipway.step.model.Reference;
import dev.slipway.step.model.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works out what a step means with its connectors, secrets and codebase. */
public final class StepPlanner {
    private final Connectors connectors;
    private final SecretSource secrets;
    private final Codebase codebase;

    public StepPlanner(Connectors connectors, SecretSource secrets, Codebase codebase) {
        this.connectors = requireNonNull(connectors, "connectors is null");
        this.secrets = requireNonNull(secrets, "secrets is null");
        this.codebase = requireNonNull(codebase, "codebase is null");
    }

    /**
     * Works out a step.
     *
     * @throws InvalidInputException if a connector, secret or path is missing or wrong
     */
    public StepPlan plan(Step step) {
        BuildAndPushEcr spec = step.spec();
        SecretLookup lookup = new SecretLookup(secrets);
        AwsConnector aws = connectors.aws(spec.connectorRef());
        Optional<AwsLogin> login = login(aws, lookup);
        Map<String, RegistryCredential> bases = baseCredentials(spec.baseImageConnectorRefs(), lookup);
        lookup.throwIfMissing();
        EcrHost registry = EcrHost.of(spec.account().digits(), spec.region().name());
        return new StepPlan(request(spec, registry), registry, login.orElseThrow(), bases, step.timeout());
    }

    private static Optional<AwsLogin> login(AwsConnector aws, SecretLookup lookup) {
        Optional<String> accessKey = lookup.text(aws.accessKey());
        Optional<Secret> secretKey = lookup.find(aws.secretKeyRef());
        Optional<Secret> sessionToken = aws.sessionTokenRef().flatMap(lookup::find);
        if (accessKey.isEmpty() || secretKey.isEmpty()) {
            return Optional.empty();
        }
        try {
            AwsCredentials keys = new AwsCredentials(accessKey.get(), secretKey.get(), sessionToken);
            return Optional.of(new AwsLogin.StaticKeys(keys));
        } catch (IllegalArgumentException e) {
            boolean noted = aws.sessionTokenRef().isPresent() && sessionToken.isEmpty();
            if (noted) {
                return Optional.empty();
            }
            throw new InvalidInputException(Problem.of("the connector " + aws.id(), String.valueOf(e.getMessage()))
                    .at(aws.place())
                    .remedy(aws.sessionTokenRef().isEmpty() ? "add sessionTokenRef to it" : ""));
        }
    }

    /** Where two connectors are for the same registry, the first is used. */
    private Map<String, RegistryCredential> baseCredentials(List<Reference> references, SecretLookup lookup) {
        Map<String, RegistryCredential> credentials = new LinkedHashMap<>();
        for (Reference reference : references) {
            DockerRegistryConnector registry = connectors.dockerRegistry(reference);
            registry.login().ifPresent(login -> {
                Optional<String> username = lookup.text(login.username());
                Optional<Secret> password = lookup.find(login.passwordRef());
                username.ifPresent(user -> password.ifPresent(
                        secret -> credentials.putIfAbsent(registry.registry(), new RegistryCredential(user, secret))));
            });
        }
        return credentials;
    }

    private BuildRequest request(BuildAndPushEcr spec, EcrHost registry) {
        List<ImageReference> names = spec.tags().stream()
                .map(tag -> new ImageReference(
                        registry.toString(), spec.imageName().text(), Optional.of(tag.text()), Optional.empty()))
                .toList();
        SourceSettings source = new SourceSettings(
                codebase.directory(spec.context(), "context"),
                codebase.file(spec.dockerfile(), "dockerfile"),
                spec.dockerfile().text());
        return BuildRequest.of(source)
                .withDefinition(Definition.DEFAULT
                        .withTarget(spec.target())
                        .withBuildArgs(spec.buildArgs())
                        .withLabels(spec.labels()))
                .withExport(ExportSettings.pushedTo(names));
    }
}
