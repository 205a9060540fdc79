package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.BuildRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code slipway run} makes of a step, its connectors and its secrets. */
class RunCommandTest {
    private static final String STEP = """
            step:
              type: BuildAndPushECR
              name: Build api
              spec:
                connectorRef: account.aws_ci
                region: eu-west-1
                account: "123456789012"
                imageName: team/api
                tags: ["1.0", latest]
                context: services/api
                dockerfile: services/api/Dockerfile
                buildArgs: {TOKEN: hidden}
                labels: {team: blue}
            """;

    private static final String CONNECTOR = """
            connector:
              name: AWS CI
              identifier: aws_ci
              type: Aws
              spec:
                credential:
                  type: ManualConfig
                  spec: {accessKeyRef: account.key, secretKeyRef: account.secret}
            """;

    @TempDir
    Path directory;

    private Console console = new Console(Path.of("/"), Map.of());

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectories(directory.resolve("code/services/api"));
        Files.createDirectories(directory.resolve("connectors"));
        Files.writeString(directory.resolve("code/services/api/Dockerfile"), "FROM scratch\n");
        Files.writeString(directory.resolve("connectors/aws.yaml"), CONNECTOR);
        Files.writeString(directory.resolve("step.yaml"), STEP);
        Files.writeString(directory.resolve("secret"), "s3cret\n");
        String state = directory.resolve("state").toString();
        console = new Console(directory, Map.of("KEY", "AKIAEXAMPLE000000000", "SLIPWAY_HOME", state));
    }

    @Test
    void theStepBecomesABuildThatIsPushedUnderEveryTag() {
        assertThat(run("--local-ecr", "--output-file", "outputs"))
                .as(console.err())
                .isZero();

        BuildRequest request = console.request();
        assertThat(request.source().context().display())
                .isEqualTo(directory.resolve("code/services/api").toString());
        assertThat(request.source().dockerfile())
                .hasToString(directory.resolve("code/services/api/Dockerfile").toString());
        assertThat(request.export().names())
                .extracting(Object::toString)
                .containsExactly(
                        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api:1.0",
                        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api:latest");
        assertThat(request.export().push()).isTrue();
        assertThat(request.definition().buildArgs()).containsExactly(Map.entry("TOKEN", "hidden"));
        assertThat(console.err()).contains("for this run alone, with repository team/api");
        assertThat(console.out()).startsWith("pushed 123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api:1.0\n");
        assertThat(directory.resolve("outputs")).content().matches("digest=\"sha256:[0-9a-f]{64}\"\n");
    }

    @Test
    void aDryRunSaysWhatItWouldDoAndDoesNothing() {
        assertThat(run("--dry-run")).as(console.err()).isZero();

        assertThat(console.out().lines())
                .contains(
                        "with build argument TOKEN",
                        "with label team=blue",
                        "push 123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api:latest");
        assertThat(console.out()).doesNotContain("hidden", "s3cret");
        assertThat(directory.resolve("state")).doesNotExist();
    }

    @Test
    void whatIsMissingIsToldWithItsPlace() {
        int status = console.run(
                "run", "step.yaml", "--codebase", "code", "--connectors", "connectors", "--secret", "id=key,env=KEY");

        assertThat(status).isEqualTo(2);
        assertThat(console.err())
                .matches(
                        "error: \\S+/connectors/aws\\.yaml:8:\\d+: the secret account\\.secret is not given; .*--secret"
                                + " id=secret,env=NAME.*\n");
    }

    @Test
    void aFileThatIsNotThereIsNamedAsItWasGiven() {
        assertThat(console.run("run", "no.yaml")).isEqualTo(2);
        assertThat(console.err()).isEqualTo("error: no.yaml: there is no such file\n");
    }

    @Test
    void onlyOneFileIsTaken() {
        assertThat(console.run("run", "step.yaml", "other.yaml")).isEqualTo(2);
        assertThat(console.run("run")).isEqualTo(2);
    }

    private int run(String... options) {
        String[] fixed = {
            "run",
            "step.yaml",
            "--codebase",
            "code",
            "--connectors",
            "connectors",
            "--secret",
            "id=account.key,env=KEY",
            "--secret",
            "id=account.secret,src=secret"
        };
        String[] arguments = Arrays.copyOf(fixed, fixed.length + options.length);
        System.arraycopy(options, 0, arguments, fixed.length, options.length);
        return console.run(arguments);
    }
}
