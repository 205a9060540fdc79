package dev.slipway.dockerfile.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.parse.DockerfileParser;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reference: Dockerfile reference, FROM; multi-stage builds. */
class DockerfileTest {
    private static final Dockerfile FILE = DockerfileParser.parse("Dockerfile", """
            ARG A=1
            ARG B
            FROM one AS Base
            RUN x
            FROM base
            FROM two AS base
            ARG C
            FROM base AS last
            """.getBytes(UTF_8));

    @Test
    void argumentsAboveTheFirstStageAreGlobal() {
        assertThat(FILE.globalArgs())
                .flatExtracting(Arg::variables)
                .extracting(Arg.Variable::name)
                .containsExactly("A", "B");
        assertThat(FILE.stages().get(2).instructions()).hasSize(1);
    }

    @Test
    void stagesHaveNumbersAndNamesInLowerCase() {
        assertThat(FILE.stages()).extracting(Stage::index).containsExactly(0, 1, 2, 3);
        assertThat(FILE.stages()).extracting(Stage::label).containsExactly("base", "stage-1", "base", "last");
        assertThat(FILE.lastStage().name()).hasValue("last");
    }

    @Test
    void fromSeesTheStagesAboveAsTheyAreWritten() {
        assertThat(index(FILE.stageForFrom("base", 0))).isEmpty();
        assertThat(index(FILE.stageForFrom("base", 1))).hasValue(0);
        assertThat(index(FILE.stageForFrom("base", 3))).hasValue(2);
        assertThat(index(FILE.stageForFrom("Base", 3))).isEmpty();
        assertThat(index(FILE.stageForFrom("0", 3))).isEmpty();
    }

    @Test
    void copySeesThemInAnyCaseAndByNumber() {
        assertThat(index(FILE.stageForCopy("BASE", 3))).hasValue(2);
        assertThat(index(FILE.stageForCopy("1", 3))).hasValue(1);
        assertThat(index(FILE.stageForCopy("3", 3))).isEmpty();
        assertThat(index(FILE.stageForCopy("-1", 3))).isEmpty();
        assertThat(index(FILE.stageForCopy("99999999999999999999", 3))).isEmpty();
        assertThat(index(FILE.stageForCopy("last", 3))).isEmpty();
    }

    @Test
    void mountsSeeNamesOnly() {
        assertThat(index(FILE.stageForMount("Base", 3))).hasValue(2);
        assertThat(index(FILE.stageForMount("1", 3))).isEmpty();
    }

    @Test
    void aTargetIsAnyStageByName() {
        assertThat(index(FILE.stageForTarget("LAST"))).hasValue(3);
        assertThat(index(FILE.stageForTarget("0"))).isEmpty();
        assertThat(index(FILE.stageForTarget("nosuch"))).isEmpty();
    }

    private static Optional<Integer> index(Optional<Stage> stage) {
        return stage.map(Stage::index);
    }
}
