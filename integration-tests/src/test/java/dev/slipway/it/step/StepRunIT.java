package dev.slipway.it.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.aws.credentials.AwsCredentials;
import dev.slipway.aws.credentials.AwsLogin;
import dev.slipway.aws.ecr.EcrAccess;
import dev.slipway.aws.ecr.EcrHost;
import dev.slipway.aws.ecr.EcrKeychain;
import dev.slipway.aws.ecr.EcrRepositories;
import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.BuildReport;
import dev.slipway.engine.ImageBuilder;
import dev.slipway.engine.context.RemoteAccess;
import dev.slipway.engine.solve.DockerfileBuilder;
import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.foundation.http.HttpSettings;
import dev.slipway.foundation.http.JdkHttpTransport;
import dev.slipway.foundation.retry.Retry;
import dev.slipway.foundation.retry.RetryPolicy;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.image.model.Platform;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.transfer.SourceImage;
import dev.slipway.localecr.LocalEcr;
import dev.slipway.localecr.LocalEcrOptions;
import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.sigv4.AccessKey;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.registry.endpoint.RegistryAccess;
import dev.slipway.registry.pull.RegistryImageSource;
import dev.slipway.registry.push.RegistryImageTarget;
import dev.slipway.step.connector.Connectors;
import dev.slipway.step.connector.Secrets;
import dev.slipway.step.model.Step;
import dev.slipway.step.read.StepReader;
import dev.slipway.step.run.Codebase;
import dev.slipway.step.run.StepEnvironment;
import dev.slipway.step.run.StepPlan;
import dev.slipway.step.run.StepPlanner;
import dev.slipway.step.run.StepRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A step from its YAML to an image in the registry, signed for by a key that the stand-in verifies. */
@Timeout(180)
class StepRunIT {
    private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
    private static final String ACCOUNT = "012345678901";
    private static final String STEP = """
            - step:
                type: BuildAndPushECR
                name: Build and push
                timeout: 2m
                spec:
                  connectorRef: account.aws
                  region: eu-west-1
                  account: "012345678901"
                  imageName: team/app
                  tags: [latest, "1.0"]
                  context: app
                  dockerfile: app/Dockerfile
                  labels: {team: blue}
            """;
    private static final String CONNECTOR = """
            connector:
              identifier: aws
              type: Aws
              spec:
                credential:
                  type: ManualConfig
                  spec:
                    accessKey: AKIAIOSFODNN7EXAMPLE
                    secretKeyRef: account.aws_secret
            """;

    private final JdkHttpTransport transport = new JdkHttpTransport(HttpSettings.forVersion("test"));

    @TempDir
    private Path directory;

    private LocalEcr ecr;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(directory.resolve("code/app"));
        Files.writeString(directory.resolve("code/app/Dockerfile"), "FROM scratch\nCOPY app.conf /etc/\n");
        Files.writeString(directory.resolve("code/app/app.conf"), "color=blue\n");
        Files.createDirectories(directory.resolve("connectors"));
        Files.writeString(directory.resolve("connectors/aws.yaml"), CONNECTOR);
        ecr = LocalEcr.start(LocalEcrOptions.in(directory.resolve("data"), InstantSource.system())
                .withRegistry(new RegistryId(ACCOUNT, "eu-west-1"))
                .withAccountsAreOne(false)
                .withAccessKeys(List.of(new AccessKey(KEY, ACCOUNT, Optional.of(Secret.of("s3cret"))))));
    }

    @AfterEach
    void stop() {
        ecr.close();
        transport.close();
    }

    @Test
    void pushesUnderAllTagsWhatTheStepAsksFor() throws IOException {
        EcrAccess access = access("s3cret");
        EcrRepositories repositories = new EcrRepositories(access, EcrHost.of(ACCOUNT, "eu-west-1"), transport);
        assertThat(repositories.find("team/app")).isEmpty();
        String uri = repositories.create("team/app").uri();
        assertThat(repositories.create("team/app").uri()).isEqualTo(uri);

        BuildReport report = run("s3cret");

        assertThat(report.names()).extracting(Object::toString).containsExactly(uri + ":latest", uri + ":1.0");
        Keychain keychain = new EcrKeychain(access, transport, InstantSource.system());
        RegistryImageSource source = new RegistryImageSource(registry(keychain));
        for (ImageReference name : report.names()) {
            SourceImage pulled = source.resolve(name, Platform.host());
            assertThat(pulled.digest()).isEqualTo(report.digest());
            assertThat(pulled.config().config().labels()).isEqualTo(Map.of("team", "blue"));
            assertThat(pulled.layers()).hasSize(1);
        }
    }

    @Test
    void aWrongSecretKeyEndsTheStepWithAnAnswer() {
        assertThatExceptionOfType(NotAllowedException.class)
                .isThrownBy(() -> run("wrong"))
                .withMessageStartingWith("ECR in eu-west-1: get a token: ")
                .withMessageEndingWith("; check access key and secret key of the connector")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("wrong"));
    }

    private BuildReport run(String secret) throws IOException {
        Step step = StepReader.read("step.yaml", STEP.getBytes(StandardCharsets.UTF_8));
        Secrets secrets =
                Secrets.parse(List.of("id=aws_secret,env=SECRET"), Map.of("SECRET", secret), Files::readAllBytes);
        StepPlan plan = new StepPlanner(
                        Connectors.load(directory.resolve("connectors")),
                        secrets,
                        Codebase.at(directory.resolve("code")))
                .plan(step);
        StepEnvironment environment = new StepEnvironment(
                this::builder, transport, Optional.of(ecr.uri()), EventSink.NONE, InstantSource.system());
        return new StepRunner(environment).run(step, plan);
    }

    private ImageBuilder builder(Keychain keychain) {
        RegistryAccess access = registry(keychain);
        return new DockerfileBuilder(new BuildEnvironment(
                directory.resolve("home"),
                new RegistryImageSource(access),
                new RegistryImageTarget(access),
                RemoteAccess.NONE,
                EventSink.NONE,
                InstantSource.system()));
    }

    private EcrAccess access(String secret) {
        AwsCredentials keys = new AwsCredentials(KEY, Secret.of(secret), Optional.empty());
        return new EcrAccess(new AwsLogin.StaticKeys(keys), Optional.of(ecr.uri()));
    }

    private RegistryAccess registry(Keychain keychain) {
        RegistryMap map =
                new RegistryMap(Map.of(EcrHost.of(ACCOUNT, "eu-west-1").toString(), ecr.uri()));
        return new RegistryAccess(transport, map, keychain, Retry.of(RetryPolicy.standard()));
    }
}
