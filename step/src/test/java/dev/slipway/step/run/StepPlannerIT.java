package dev.slipway.step.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.aws.credentials.AwsLogin;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.context.BuildContext;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.registry.auth.RegistryCredential;
import dev.slipway.step.connector.Connectors;
import dev.slipway.step.connector.SecretSource;
import dev.slipway.step.read.StepReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a step, its connectors and its codebase to a plan. */
class StepPlannerIT {
    private static final String STEP = """
            type: BuildAndPushECR
            name: Build
            timeout: 1h 30m
            spec:
              connectorRef: account.aws
              region: cn-north-1
              account: "012345678901"
              imageName: team/app
              tags: [latest, "1.0"]
              baseImageConnectorRefs: [hub]
              dockerfile: app/Dockerfile
              context: app
              labels: {b: "2", a: "1"}
              buildArgs: {VERSION: 1.0}
              target: runtime
            """;
    private static final String AWS = """
            connector:
              identifier: aws
              type: Aws
              spec:
                credential:
                  type: ManualConfig
                  spec:
                    accessKey: AKIDEXAMPLE
                    secretKeyRef: account.aws_secret
            """;
    private static final String HUB = """
            connector:
              identifier: hub
              orgIdentifier: o
              projectIdentifier: p
              type: DockerRegistry
              spec:
                dockerRegistryUrl: https://index.docker.io/v2/
                providerType: DockerHub
                auth:
                  type: UsernamePassword
                  spec:
                    usernameRef: hub_user
                    passwordRef: hub_pat
            """;
    private static final Map<String, Secret> SECRETS =
            Map.of("account.aws_secret", Secret.of("s1"), "hub_user", Secret.of("robot"), "hub_pat", Secret.of("s2"));

    @TempDir
    Path directory;

    private Path codebase;
    private Path connectors;

    @BeforeEach
    void fill() throws IOException {
        codebase = Files.createDirectories(directory.toRealPath().resolve("code"));
        connectors = Files.createDirectory(directory.resolve("connectors"));
        Files.createDirectory(codebase.resolve("app"));
        Files.writeString(codebase.resolve("app/Dockerfile"), "FROM scratch\n");
        Files.writeString(connectors.resolve("aws.yaml"), AWS);
        Files.writeString(connectors.resolve("hub.yml"), HUB);
        Files.writeString(connectors.resolve("README.md"), "no connector");
    }

    @Test
    void plansWhatIsBuiltAndWhereItGoes() {
        StepPlan plan = plan(STEP, SECRETS);

        BuildRequest request = plan.request();
        assertThat(request.source().context().display())
                .isEqualTo(codebase.resolve("app").toString());
        assertThat(request.source().dockerfile())
                .hasToString(codebase.resolve("app/Dockerfile").toString());
        assertThat(request.source().dockerfileName()).isEqualTo("app/Dockerfile");
        assertThat(request.definition().target()).contains("runtime");
        assertThat(request.definition().buildArgs()).isEqualTo(Map.of("VERSION", "1.0"));
        assertThat(request.definition().labels()).containsExactly(Map.entry("b", "2"), Map.entry("a", "1"));
        assertThat(request.export().push()).isTrue();
        assertThat(request.export().names())
                .extracting(Object::toString)
                .containsExactly(
                        "012345678901.dkr.ecr.cn-north-1.amazonaws.com.cn/team/app:latest",
                        "012345678901.dkr.ecr.cn-north-1.amazonaws.com.cn/team/app:1.0");
        assertThat(plan.registry()).hasToString("012345678901.dkr.ecr.cn-north-1.amazonaws.com.cn");
        assertThat(plan.timeout()).contains(Duration.ofMinutes(90));
        assertThat(plan.login()).isInstanceOfSatisfying(AwsLogin.StaticKeys.class, keys -> {
            assertThat(keys.credentials().accessKeyId()).isEqualTo("AKIDEXAMPLE");
            assertThat(keys.credentials().secretKey()).isEqualTo(Secret.of("s1"));
        });
        assertThat(plan.baseCredentials())
                .isEqualTo(Map.of("docker.io", new RegistryCredential("robot", Secret.of("s2"))));
        assertThat(plan.toString()).doesNotContain("s1").doesNotContain("s2");
    }

    @Test
    void namesEverySecretThatIsMissingWithItsPlace() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> plan(STEP, Map.of()))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(Problem::toString)
                        .containsExactly(
                                connectors + "/aws.yaml:9:23: the secret account.aws_secret is not given; give it with"
                                        + " --secret id=aws_secret,env=NAME or --secret id=aws_secret,src=PATH",
                                connectors + "/hub.yml:12:22: the secret hub_user is not given; give it with"
                                        + " --secret id=hub_user,env=NAME or --secret id=hub_user,src=PATH",
                                connectors + "/hub.yml:13:22: the secret hub_pat is not given; give it with"
                                        + " --secret id=hub_pat,env=NAME or --secret id=hub_pat,src=PATH"));
    }

    @Test
    void namesTheConnectorsThatThereAre() {
        assertFault(
                STEP.replace("account.aws", "aws"),
                "step.yaml:5:17: the connector aws is not found: " + connectors
                        + " has account.aws, hub; give the directory of connectors with --connectors DIR");
        assertFault(
                STEP.replace("account.aws", "hub"),
                "step.yaml:5:17: the connector hub: expected one of type Aws, found DockerRegistry at " + connectors
                        + "/hub.yml:2:3");
        assertFault(
                STEP.replace("[hub]", "[account.aws]"),
                "step.yaml:10:28: the connector account.aws: expected one of type DockerRegistry, found Aws at "
                        + connectors + "/aws.yaml:2:3");
    }

    @Test
    void tellsTheFaultsOfAConnectorOnlyWhenItIsUsed() throws IOException {
        Files.writeString(connectors.resolve("git.yaml"), "connector: {identifier: git, type: Github}");
        assertThat(plan(STEP, SECRETS).request().export().push()).isTrue();

        assertFault(
                STEP.replace("account.aws", "account.git"),
                connectors
                        + "/git.yaml:1:30: a connector of type Github: not supported yet: only Aws and DockerRegistry");
    }

    @Test
    void refusesTwoConnectorsThatAreTheSame() throws IOException {
        Files.writeString(connectors.resolve("aws2.yaml"), AWS);

        assertFault(
                STEP,
                connectors + "/aws2.yaml:2:3: a second connector account.aws: the first is at " + connectors
                        + "/aws.yaml:2:3");
    }

    @Test
    void aTemporaryKeyNeedsItsSessionToken() throws IOException {
        Files.writeString(connectors.resolve("aws.yaml"), AWS.replace("AKIDEXAMPLE", "ASIAEXAMPLE"));

        assertFault(
                STEP,
                connectors + "/aws.yaml:2:3: the connector account.aws: an access key that begins with ASIA"
                        + " needs its session token; add sessionTokenRef to it");
    }

    @Test
    void pathsMustBeThereAndBeOfTheirKind() {
        assertFault(
                STEP.replace("app/Dockerfile", "nope/Dockerfile"),
                "step.yaml:11:15: the dockerfile nope/Dockerfile: there is no " + codebase + "/nope/Dockerfile");
        assertFault(STEP.replace("app/Dockerfile", "app"), "step.yaml:11:15: the dockerfile app: it is no file");
        assertFault(
                STEP.replace("context: app", "context: app/Dockerfile"),
                "step.yaml:12:12: the context app/Dockerfile: it is no directory");
    }

    @Test
    void noSymbolicLinkLeadsOutOfTheCodebase() throws IOException {
        Files.createSymbolicLink(codebase.resolve("out"), directory);
        Files.createSymbolicLink(codebase.resolve("in"), codebase.resolve("app"));

        assertThat(plan(STEP.replace("context: app", "context: in"), SECRETS)
                        .request()
                        .source()
                        .context())
                .isEqualTo(new BuildContext.Directory(codebase.resolve("app")));
        assertFault(
                STEP.replace("context: app", "context: out"),
                "step.yaml:12:12: the context out: it leaves the codebase " + codebase + " through a symbolic link");
        Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\n");
        assertFault(
                STEP.replace("app/Dockerfile", "out/Dockerfile"),
                "step.yaml:11:15: the dockerfile out/Dockerfile: it leaves the codebase " + codebase
                        + " through a symbolic link");
    }

    @Test
    void theDirectoriesMustBeThere() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Connectors.load(Path.of("/no/such")))
                .withMessage("/no/such: the directory of connectors: there is no such directory");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Codebase.at(Path.of("/no/such")))
                .withMessage("/no/such: the codebase: there is no /no/such");
    }

    private void assertFault(String step, String fault) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> plan(step, SECRETS))
                .withMessage(fault);
    }

    private StepPlan plan(String step, Map<String, Secret> secrets) {
        SecretSource source = reference -> Optional.ofNullable(secrets.get(reference));
        return new StepPlanner(Connectors.load(connectors), source, Codebase.at(codebase))
                .plan(StepReader.read("step.yaml", step.getBytes(StandardCharsets.UTF_8)));
    }
}
