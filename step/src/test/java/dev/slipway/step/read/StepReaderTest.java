package dev.slipway.step.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.error.Problem;
import dev.slipway.step.model.Step;
import dev.slipway.step.model.Tag;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step's file may say. Reference: settings of the step Build and Push to ECR. */
class StepReaderTest {
    @Test
    void readsEveryKeyThatIsSupported() {
        Step step = StepFiles.read("""
                step:
                  type: BuildAndPushECR
                  name: Build and push API image
                  identifier: api
                  description: demo
                  timeout: 45m
                  spec:
                    connectorRef: account.aws_ci
                    region: eu-west-1
                    account: "012345678901"
                    imageName: team/api
                    tags:
                      - "1.10"
                      - 1.20
                      - latest
                    baseImageConnectorRefs:
                      - org.dockerhub_ro
                    optimize: true
                    dockerfile: services/api/Dockerfile
                    context: services/api
                    labels:
                      org.opencontainers.image.title: API
                    buildArgs:
                      GO_VERSION: 1.20
                      EMPTY: ""
                    target: runtime
                    runAsUser: 0
                    resources:
                      limits: {memory: 2Gi, cpu: "1"}
                      requests: {memory: 500M, cpu: 500m}
                """);

        assertThat(step.name()).hasToString("Build and push API image");
        assertThat(step.identifier()).hasToString("api");
        assertThat(step.description()).isEqualTo("demo");
        assertThat(step.timeout()).contains(Duration.ofMinutes(45));
        assertThat(step.spec().connectorRef()).hasToString("account.aws_ci");
        assertThat(step.spec().connectorRef().place()).hasToString("step.yaml:8:19");
        assertThat(step.spec().region()).hasToString("eu-west-1");
        assertThat(step.spec().account()).hasToString("012345678901");
        assertThat(step.spec().imageName()).hasToString("team/api");
        assertThat(step.spec().tags()).extracting(Tag::text).containsExactly("1.10", "1.20", "latest");
        assertThat(step.spec().baseImageConnectorRefs()).singleElement().hasToString("org.dockerhub_ro");
        assertThat(step.spec().optimize()).contains(true);
        assertThat(step.spec().dockerfile()).hasToString("services/api/Dockerfile");
        assertThat(step.spec().context()).hasToString("services/api");
        assertThat(step.spec().labels()).isEqualTo(Map.of("org.opencontainers.image.title", "API"));
        assertThat(step.spec().buildArgs()).containsExactly(Map.entry("GO_VERSION", "1.20"), Map.entry("EMPTY", ""));
        assertThat(step.spec().target()).contains("runtime");
        assertThat(step.spec().runAsUser()).hasValue(0);
        assertThat(step.spec().resources().orElseThrow().limits().memoryBytes()).hasValue(2L << 30);
        assertThat(step.spec().resources().orElseThrow().limits().cpuMillis()).hasValue(1000);
        assertThat(step.spec().resources().orElseThrow().requests().memoryBytes())
                .hasValue(500_000_000);
        assertThat(step.spec().resources().orElseThrow().requests().cpuMillis()).hasValue(500);
    }

    @Test
    void fillsInWhatIsLeftOut() {
        Step step = StepFiles.read(StepFiles.MINIMAL);

        assertThat(step.identifier()).hasToString("Build_and_push");
        assertThat(step.description()).isEmpty();
        assertThat(step.timeout()).isEmpty();
        assertThat(step.spec().dockerfile()).hasToString("Dockerfile");
        assertThat(step.spec().context()).hasToString(".");
        assertThat(step.spec().optimize()).isEmpty();
        assertThat(step.spec().labels()).isEmpty();
        assertThat(step.spec().target()).isEmpty();
        assertThat(step.spec().resources()).isEmpty();
        assertThat(step.warnings()).isEmpty();
    }

    @Test
    void takesAStepInThreeForms() {
        Step alone = StepFiles.read(StepFiles.MINIMAL);
        String indented = StepFiles.MINIMAL.indent(2);

        assertThat(StepFiles.read("step:\n" + indented).spec().tags())
                .isEqualTo(alone.spec().tags());
        assertThat(StepFiles.read("- step:\n" + indented.indent(2)).name()).isEqualTo(alone.name());
        assertThat(StepFiles.read("-" + indented.substring(1)).name()).isEqualTo(alone.name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "remoteCacheImage: ''",
                "caching: false",
                "cacheFrom: []",
                "cacheTo: ''",
                "envVariables: {}",
                "envDockerSecrets: {}",
                "fileDockerSecrets:",
                "dockerfile: ''",
                "context: .",
                "target: ''",
                "baseImageConnectorRefs: []",
                "baseImageConnectorRefs: org.hub"
            })
    void takesKeysThatAskForNothing(String line) {
        assertThat(StepFiles.read(StepFiles.withSpecLine(line)).spec().imageName())
                .hasToString("app");
    }

    @Test
    void warnsOfResourcesThatAreNotApplied() {
        Step step = StepFiles.read(StepFiles.withSpecLine("resources: {limits: {memory: 500Mi}}"));

        assertThat(step.warnings())
                .extracting(Problem::toString)
                .containsExactly("step.yaml:9:3: resources: limits are not applied when a step runs on this machine;"
                        + " nothing else changes");
    }
}
