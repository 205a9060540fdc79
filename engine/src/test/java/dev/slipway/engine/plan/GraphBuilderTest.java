package dev.slipway.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.model.Platform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dockerfile reference, FROM, "Use an external image as a stage", ONBUILD; BuildKit, frontend/dockerfile/dockerfile2llb. */
class GraphBuilderTest {
    private static void refuses(Planning planning, String... fragments) {
        assertThatThrownBy(planning::graph)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(fragments);
        assertThat(planning.asked()).isEmpty();
    }

    private static List<FileSource> uses(StageGraph graph, int stage) {
        return graph.nodes().sequencedValues().stream()
                .filter(node -> node.index() == stage)
                .flatMap(node -> node.instructions().stream())
                .flatMap(instruction -> instruction.uses().stream())
                .toList();
    }

    @Test
    void onlyWhatTheTargetNeedsIsKept() {
        StageGraph graph = Planning.of("""
                        FROM scratch AS a
                        FROM unused AS b
                        FROM a AS c
                        FROM scratch
                        COPY --from=c / /
                        """).graph();
        assertThat(graph.nodes().keySet()).containsExactly(0, 2, 3);
    }

    @Test
    void imagesOfUnneededStagesAreNotAskedFor() {
        Planning planning = Planning.of("FROM one AS a\nFROM two AS b\nFROM scratch\nCOPY --from=b / /\n");
        planning.graph();
        assertThat(planning.asked()).containsExactly("two@" + Platform.host());
    }

    @Test
    void aBadReferenceInAnUnneededStageIsAnErrorAllTheSame() {
        refuses(Planning.of("FROM Not/Valid AS a\nFROM scratch\n"), "Dockerfile:1:1", "Not/Valid");
    }

    @ParameterizedTest
    @CsvSource({"Base,a", "BASE,a", "base,a"})
    void copyFromFindsStagesInAnyCase(String name, String alias) {
        StageGraph graph = Planning.of(
                        "FROM scratch AS Base\nFROM scratch AS " + alias + "\nCOPY --from=" + name + " / /\n")
                .graph();
        assertThat(uses(graph, 1)).containsExactly(new FileSource.OfStage(0));
    }

    @Test
    void fromComparesAsWrittenWithTheLowerCaseName() {
        StageGraph graph = Planning.of("FROM scratch AS Base\nFROM base\n").graph();
        assertThat(graph.nodes()).hasSize(2);
        refuses(Planning.of("FROM scratch AS Base\nFROM Base\n"), "Dockerfile:2:1", "'Base'");
    }

    @Test
    void fromSeesTheLastStageAboveOfAName() {
        StageGraph graph = Planning.of("FROM one AS x\nFROM x AS x\nFROM x\n").graph();
        assertThat(graph.nodes().get(2)).extracting(StageNode::base).isEqualTo(new Base.OfStage(1));
        assertThat(graph.nodes().get(1)).extracting(StageNode::base).isEqualTo(new Base.OfStage(0));
    }

    /** Run against BuildKit: a name means the last stage that has it, also for a COPY above that stage. */
    @Test
    void copyMeansTheLastStageOfANameInTheFile() {
        refuses(
                Planning.of("FROM one AS x\nFROM one AS y\nCOPY --from=x /f /f\nFROM one AS x\nCOPY --from=y /g /g\n"),
                "Dockerfile:3:1",
                "circular");
    }

    @Test
    void aStageCannotCopyFromItself() {
        refuses(
                Planning.of("FROM scratch AS s\nCOPY --from=s /a /b\n"),
                "Dockerfile:2:1",
                "circular",
                "the stage itself");
    }

    @Test
    void aNeededStageCannotUseALaterOne() {
        refuses(
                Planning.of("FROM scratch AS a\nCOPY --from=later /x /x\nFROM scratch AS later\nFROM a\n"),
                "Dockerfile:2:1",
                "cannot copy from stage 'later'",
                "'a'");
    }

    /** Run against BuildKit: what is not built may look ahead. */
    @Test
    void anUnneededStageMayLookAhead() {
        StageGraph graph = Planning.of(
                        "FROM scratch AS unused\nCOPY --from=later /x /x\nFROM scratch AS later\nFROM scratch\n")
                .graph();
        assertThat(graph.nodes().keySet()).containsExactly(2);
    }

    @Test
    void numbersAreStagesForCopy() {
        assertThat(uses(
                        Planning.of("FROM scratch\nFROM scratch\nCOPY --from=0 / /\n")
                                .graph(),
                        1))
                .containsExactly(new FileSource.OfStage(0));
        refuses(
                Planning.of("FROM scratch\nFROM scratch\nCOPY --from=2 / /\n"),
                "Dockerfile:3:1",
                "no stage of that number");
    }

    @Test
    void numbersAreNoTargets() {
        refuses(Planning.of("FROM scratch AS build\nFROM scratch\n").target("0"), "there is no stage '0'", "build");
    }

    @Test
    void aMistypedTargetIsCorrected() {
        refuses(Planning.of("FROM scratch AS build\nFROM scratch\n").target("biuld"), "did you mean build?");
    }

    @Test
    void targetsAreFoundInAnyCase() {
        assertThat(Planning.of("FROM scratch AS Build\nFROM scratch\n")
                        .target("bUILD")
                        .graph()
                        .target())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--from=$x", "--from=${x}", "--from=a$b"})
    void variablesInFromAreRefused(String flag) {
        refuses(Planning.of("ARG x=busybox\nFROM scratch\nCOPY " + flag + " / /\n"), "Dockerfile:3:6", "AS name");
    }

    @Test
    void scratchIsNoImageToCopyFrom() {
        Planning planning = Planning.of("FROM scratch\nCOPY --from=scratch / /\n");
        assertThat(uses(planning.graph(), 0)).containsExactly(new FileSource.Scratch());
        assertThat(planning.asked()).isEmpty();
    }

    @Test
    void aBlankBaseNamesItsExpression() {
        refuses(Planning.of("ARG B\nFROM $B\n"), "Dockerfile:2:1", "FROM $B names no image");
    }

    @ParameterizedTest
    @CsvSource({
        "linux/arm64,linux/arm64",
        "linux/aarch64/v8,linux/arm64",
        "arm64,linux/arm64",
        "LINUX/ARM/v6,linux/arm/v6",
    })
    void thePlatformOfFromIsAsked(String written, String asked) {
        Planning planning = Planning.of("FROM --platform=" + written + " x\n");
        planning.graph();
        assertThat(planning.asked()).containsExactly("x@" + asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$NOPE", "linux/", "a/b/c/d", "nonsense", "linux/a%b"})
    void aPlatformThatIsNoneIsRefused(String written) {
        refuses(Planning.of("FROM --platform=" + written + " x\n"), "Dockerfile:1:1", "FROM --platform=" + written);
    }

    /** A child stage stands on the platform of its parent; COPY takes images for the platform of the build. */
    @Test
    void whichPlatformAnImageIsAskedFor() {
        Planning planning = Planning.of("""
                        FROM --platform=linux/s390x one AS a
                        FROM --platform=linux/ppc64le a
                        COPY --from=two / /
                        """).platform("linux/arm64");
        StageGraph graph = planning.graph();
        assertThat(graph.nodes().get(1)).extracting(StageNode::platform).isEqualTo(Platform.parse("linux/s390x"));
        assertThat(planning.asked()).containsExactlyInAnyOrder("one@linux/s390x", "two@linux/arm64");
    }

    @Test
    void onlyLinuxImagesAreBuilt() {
        refuses(Planning.of("FROM --platform=windows/amd64 x\n"), "Dockerfile:1:1", "Linux only");
    }

    @Test
    void triggersOfAStageComeFirstAtThePlaceOfFrom() {
        StageGraph graph = Planning.of("""
                        FROM scratch AS p
                        ONBUILD ENV A=1
                        ONBUILD ENV B=2
                        FROM p AS c
                        ENV C=3
                        FROM c
                        """).graph();
        List<StageInstruction> child =
                graph.nodes().sequencedValues().stream().toList().get(1).instructions();
        assertThat(child).extracting(i -> i.instruction().source()).containsExactly("ENV A=1", "ENV B=2", "ENV C=3");
        assertThat(child).extracting(StageInstruction::isTrigger).containsExactly(true, true, false);
        assertThat(child.getFirst().instruction().place()).hasToString("Dockerfile:4:1");
        assertThat(graph.nodes().sequencedValues().getLast().instructions()).isEmpty();
    }

    /** Each round may bring in further images, whose own triggers run only where a stage stands on them. */
    @Test
    void triggersOfImagesMayNeedFurtherImagesAndStages() {
        Planning planning = Planning.of("""
                        FROM two AS tools
                        FROM scratch AS unused
                        FROM one
                        """)
                .image("one", List.of(), "COPY --from=tools /a /a", "COPY --from=three /b /b")
                .image("two", List.of(), "COPY --from=four /c /c");
        StageGraph graph = planning.graph();
        assertThat(graph.nodes().keySet()).containsExactly(0, 2);
        assertThat(planning.asked().stream().map(name -> name.replaceAll("@.*", "")))
                .containsExactly("one", "two", "three", "four");
    }

    @Test
    void aTriggerThatDoesNotParseNamesItselfAndItsImage() {
        Planning planning = Planning.of("FROM scratch\nFROM one\n").image("one", List.of(), "RUNN x");
        assertThatThrownBy(planning::graph)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("Dockerfile:2:1", "'RUNN x'", "one:latest", "unknown instruction");
    }

    @Test
    void aTriggerCannotUseALaterStage() {
        Planning planning = Planning.of("FROM one\nFROM scratch AS later\n")
                .target("later")
                .image("one", List.of(), "COPY --from=later / /");
        planning.graph();
        assertThatThrownBy(() -> Planning.of("FROM one AS a\nFROM scratch AS later\nCOPY --from=a / /\n")
                        .image("one", List.of(), "COPY --from=later / /")
                        .graph())
                .hasMessageContainingAll("Dockerfile:1:1", "cannot copy from stage 'later'");
    }

    @Test
    void theDefaultsOfRunPass() {
        Planning.of("FROM x\nRUN --network=default --security=sandbox true\n").graph();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"from=later,target=/m", "target=/m,from=LATER,source=/x", "type=cache,from=later,target=/m"})
    void mountsUseStagesAsCopyDoes(String mount) {
        refuses(
                Planning.of("FROM x AS first\nRUN --mount=" + mount + " true\nFROM x AS later\n")
                        .target("first"),
                "Dockerfile:2:1",
                "cannot copy from stage 'later'");
    }

    @Test
    void tenFaultsInTenInstructionsAreToldAtOnceBeforeAnyImageIsAskedFor() {
        Planning planning = Planning.of("""
                FROM one AS base
                ENV A=${A:
                EXPOSE 70000-$NOTHING 1
                ARG X=1
                EXPOSE ${X}x
                STOPSIGNAL ${X}x
                COPY --chmod=${X}9 a b
                COPY --from=9 a b
                RUN --mount=type=bind,target=/$X/.. true
                RUN --network=host true
                USER ${X:+${X
                VOLUME ${X#1}
                LABEL ${X#1}=x
                FROM Wrong AS other
                FROM base
                COPY --from=later a b
                FROM scratch AS later
                FROM base
                COPY --from=other a b
                COPY --from=2 a b
                """);
        assertThatThrownBy(planning::graph)
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems().stream().map(Problem::where))
                                .containsExactly(
                                        "Dockerfile:2:1",
                                        "Dockerfile:5:1",
                                        "Dockerfile:6:1",
                                        "Dockerfile:7:1",
                                        "Dockerfile:8:1",
                                        "Dockerfile:9:1",
                                        "Dockerfile:10:1",
                                        "Dockerfile:11:1",
                                        "Dockerfile:12:1",
                                        "Dockerfile:13:1",
                                        "Dockerfile:14:1",
                                        "Dockerfile:16:1"));
        assertThat(planning.asked()).isEmpty();
    }
}
