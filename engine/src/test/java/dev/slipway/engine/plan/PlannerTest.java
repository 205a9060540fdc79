package dev.slipway.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.model.ContainerConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dockerfile reference; the shapes of history are those of BuildKit, frontend/dockerfile/dockerfile2llb. */
class PlannerTest {
    private static final String PATH = "PATH=" + ConfigDraft.DEFAULT_PATH;

    private static ContainerConfig config(String dockerfile) {
        return Planning.of(dockerfile).plan().image().config();
    }

    private static List<String> history(String dockerfile) {
        return Planning.history(Planning.of(dockerfile).plan());
    }

    @Test
    void pathIsAddedWhereTheBaseHasNone() {
        assertThat(config("FROM x\n").env()).containsExactly(PATH);
        assertThat(Planning.of("FROM x\n")
                        .image("x", List.of("A=1", "PATH=/bin"))
                        .plan()
                        .image()
                        .config()
                        .env())
                .containsExactly("A=1", "PATH=/bin");
    }

    @Test
    void valuesOfOneEnvAreThoseBeforeIt() {
        assertThat(history("FROM scratch\nENV a=1\nENV a=2 b=$a a=3\n")).containsExactly("ENV a=1", "ENV a=2 b=1 a=3");
        assertThat(config("FROM scratch\nENV a=1\nENV a=2 b=$a a=3\n").env()).containsExactly(PATH, "a=3", "b=1");
    }

    @Test
    void eachNameOfOneArgSeesTheOnesBefore() {
        assertThat(history("FROM scratch\nARG a=1 b=$a c d=\n")).containsExactly("ARG a=1 b=1 c d=");
    }

    /** The order decides for commands; the image has what ENV says. */
    @Test
    void anArgAfterAnEnvChangesWhatCommandsSeeAndNotTheImage() {
        Plan plan = Planning.of("FROM x\nENV V=env\nARG V=arg\nRUN true\n").plan();
        assertThat(Planning.run(plan, "RUN").env().variables()).containsEntry("V", "arg");
        assertThat(plan.image().config().env()).contains("V=env");
        assertThat(Planning.history(plan).getLast()).isEqualTo("RUN |1 V=arg /bin/sh -c true # buildkit");
    }

    @Test
    void aDefaultIsNotEvaluatedWhereABuildArgIsGiven() {
        assertThat(Planning.history(Planning.of("ARG G=${NO:?g}\nFROM scratch\nARG G\nARG S=${NO:?s}\n")
                        .arg("G", "1")
                        .arg("S", "2")
                        .plan()))
                .containsExactly("ARG G=1", "ARG S=2");
    }

    @Test
    void globalsSeeEarlierGlobalsAndAutomaticNames() {
        Plan plan = Planning.of("""
                        ARG A=1
                        ARG B=$A-$TARGETARCH A=$A.2
                        FROM scratch
                        ARG A
                        ARG B
                        """).platform("linux/arm64").plan();
        assertThat(Planning.history(plan)).containsExactly("ARG A=1.2", "ARG B=1-arm64");
    }

    @ParameterizedTest
    @CsvSource({"FROM scratch AS Last,'',last", "FROM scratch,'',default", "FROM scratch AS b,B,B"})
    void targetStageIsTheNameThatWasAskedFor(String from, String target, String expected) {
        Planning planning = Planning.of(from + "\nARG TARGETSTAGE\n");
        Plan plan = target.isEmpty() ? planning.plan() : planning.target(target).plan();
        assertThat(Planning.history(plan)).containsExactly("ARG TARGETSTAGE=" + expected);
    }

    @Test
    void anAutomaticNameIsReplacedByABuildArgInTextOnly() {
        Planning planning = Planning.of("FROM --platform=$TARGETPLATFORM x\nARG TARGETOS\nENV T=$TARGETOS\n")
                .arg("TARGETOS", "freebsd");
        assertThat(planning.plan().image().config().env()).contains("T=freebsd");
    }

    @Test
    void buildArgsNobodyTakesAreTold() {
        Plan plan = Planning.of("ARG G\nFROM scratch\nARG S\n")
                .arg("G", "")
                .arg("S", "")
                .arg("X", "")
                .arg("http_proxy", "p")
                .plan();
        assertThat(plan.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "Dockerfile: one or more build-args [X] were not consumed: no ARG of the Dockerfile declares them");
    }

    @Test
    void theHostnameOfCommandsCanBeGiven() {
        assertThat(Planning.of("FROM x\n").plan().hostname()).isEqualTo("buildkitsandbox");
        assertThat(Planning.of("FROM x\n")
                        .arg("BUILDKIT_SANDBOX_HOSTNAME", "h")
                        .plan()
                        .hostname())
                .isEqualTo("h");
    }

    @Test
    void workdirIsALayerUnlessItIsTheRoot() {
        Plan plan = Planning.of("FROM scratch\nWORKDIR /a/\nWORKDIR b/./c\nWORKDIR $NO\nWORKDIR /\nWORKDIR //\n")
                .plan();
        assertThat(plan.targetStage().steps())
                .extracting(step -> step.createdBy() + " " + step.operation().isPresent())
                .containsExactly(
                        "WORKDIR /a/ true",
                        "WORKDIR /a/b/c true",
                        "WORKDIR /a/b/c true",
                        "WORKDIR / false",
                        "WORKDIR // true");
    }

    @Test
    void exposeKeepsTheOrderOfItsSortedWords() {
        assertThat(history("FROM scratch\nARG P=\"9-11/udp 1\"\nEXPOSE 90 $P 443/TCP 443\n")
                        .getLast())
                .isEqualTo("EXPOSE [9/udp 10/udp 11/udp 1/tcp 443/tcp 443/tcp 90/tcp]");
    }

    @Test
    void onbuildIsStoredAsWrittenAndNotInTheHistory() {
        Plan plan = Planning.of("FROM scratch\nONBUILD ENV A=$B\nonbuild  run  [\"a\"]\n")
                .plan();
        assertThat(plan.image().config().onBuild()).containsExactly("ENV A=$B", "run  [\"a\"]");
        assertThat(Planning.history(plan)).isEmpty();
    }

    @Test
    void triggersAreGoneFromTheImageThatRanThem() {
        Plan plan = Planning.of("FROM one\nONBUILD USER b\n")
                .image("one", List.of("B=1"), "ENV A=$B", "ARG Z=2", "RUN true")
                .plan();
        assertThat(plan.image().config().onBuild()).containsExactly("USER b");
        assertThat(plan.image().config().env()).contains("A=1");
        assertThat(Planning.history(plan))
                .containsExactly("ENV A=1", "ARG Z=2", "RUN |1 Z=2 /bin/sh -c true # buildkit");
    }

    @Test
    void aHeredocThatNamesItsInterpreterBecomesAFile() {
        Plan plan = Planning.of("FROM x\nRUN <<-EOT\n\t#!/bin/cat\n\thi $A\n\tEOT\n")
                .plan();
        Operation.Run run = Planning.run(plan, "RUN");
        assertThat(run.args()).containsExactly("/bin/sh", "-c", "/dev/pipes/EOT");
        assertThat(run.script()).contains(new Operation.InlineFile("EOT", "#!/bin/cat\nhi $A\n"));
        assertThat(Planning.history(plan)).containsExactly("RUN /bin/sh -c /dev/pipes/EOT # buildkit");
    }

    @Test
    void aHeredocAloneIsTheTextOfTheShell() {
        Operation.Run run =
                Planning.run(Planning.of("FROM x\nRUN <<'E'\na $b\nE\n").plan(), "RUN");
        assertThat(run.args()).containsExactly("/bin/sh", "-c", "a $b\n");
        assertThat(run.script()).isEmpty();
    }

    @Test
    void aHeredocBesideOtherWordsIsLeftToTheShell() {
        Operation.Run run = Planning.run(
                Planning.of("FROM x\nRUN <<A cat 3<<-B\n1\nA\n\t2\n\tB\n").plan(), "RUN");
        assertThat(run.args()).containsExactly("/bin/sh", "-c", "<<A cat 3<<-B\n1\nA\n\t2\nB");
    }

    @Test
    void aScriptIsNamedAsAFileCanBe() {
        assertThatThrownBy(Planning.of("FROM x\nRUN <<a/b\n#!/bin/sh\na/b\n")::plan)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("Dockerfile:2:1", "a/b");
    }

    @Test
    void theEpochComesFromTheBuildArgElseTheRequestElseTheGlobal() {
        String dockerfile = "ARG SOURCE_DATE_EPOCH=3\nFROM scratch\nARG SOURCE_DATE_EPOCH\n";
        assertThat(Planning.of(dockerfile).plan().epoch()).contains(Instant.ofEpochSecond(3));
        assertThat(Planning.of(dockerfile).epoch(2).plan().epoch()).contains(Instant.ofEpochSecond(2));
        Plan plan =
                Planning.of(dockerfile).epoch(2).arg("SOURCE_DATE_EPOCH", "1").plan();
        assertThat(plan.epoch()).contains(Instant.ofEpochSecond(1));
        assertThat(Planning.history(plan)).containsExactly("ARG SOURCE_DATE_EPOCH=1");
    }

    /** A local context has no time: BuildKit takes the name away again. */
    @ParameterizedTest
    @ValueSource(strings = {"", "context"})
    void anEpochThatMeansNothingIsNotSeen(String value) {
        Plan plan = Planning.of("FROM scratch\nARG SOURCE_DATE_EPOCH\n")
                .arg("SOURCE_DATE_EPOCH", value)
                .plan();
        assertThat(plan.epoch()).isEqualTo(Optional.empty());
        assertThat(Planning.history(plan)).containsExactly("ARG SOURCE_DATE_EPOCH");
    }

    @ParameterizedTest
    @CsvSource({
        "tomorrow,invalid SOURCE_DATE_EPOCH",
        "1.5,invalid SOURCE_DATE_EPOCH",
        "99999999999999999999,invalid SOURCE_DATE_EPOCH",
        "other,exactly one ADD",
        "local,exactly one ADD"
    })
    void anEpochThatIsNoneIsRefused(String value, String message) {
        assertThatThrownBy(Planning.of("FROM scratch AS local\nADD x /\nFROM scratch AS other\n")
                        .arg("SOURCE_DATE_EPOCH", value)::plan)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void workdirsAreMadeWithTheEpoch() {
        StageStep step = Planning.of("FROM scratch\nWORKDIR /a\n")
                .epoch(7)
                .plan()
                .targetStage()
                .steps()
                .getFirst();
        assertThat(step.operation())
                .get()
                .isInstanceOfSatisfying(
                        Operation.MakeDirectory.class,
                        made -> assertThat(made.modified()).contains(Instant.ofEpochSecond(7)));
    }

    /** BuildKit: with a platform asked for, the image says that one; else what its base says. */
    @Test
    void whatTheImageSaysItIsFor() {
        assertThat(Planning.of("FROM x\n")
                        .imagePlatform("linux/s390x")
                        .plan()
                        .image()
                        .platform())
                .hasToString("linux/s390x");
        assertThat(Planning.of("FROM x\n")
                        .imagePlatform("linux/s390x")
                        .platform("linux/arm/v6")
                        .plan()
                        .image()
                        .platform())
                .hasToString("linux/arm/v6");
    }

    @Test
    void onlyImagesWhoseFilesAreReadOrChangedAreUnpacked() {
        Plan plan = Planning.of("""
                        FROM config-only AS a
                        ENV A=1
                        FROM tools AS b
                        FROM a
                        COPY --from=b /x /x
                        COPY --from=other /y /y
                        """).plan();
        assertThat(plan.treeImages())
                .extracting(key -> key.reference().repository())
                .containsExactlyInAnyOrder("library/config-only", "library/tools", "library/other");
        assertThat(Planning.of("FROM x\nENV A=1\n").plan().treeImages()).isEmpty();
    }

    @Test
    void faultsThatDependOnTheBaseAreToldOnceItIsKnown() {
        Planning good = Planning.of("FROM x\nEXPOSE ${PORT:?missing}\n").image("x", List.of("PORT=80"));
        assertThat(good.plan().image().config().exposedPorts()).containsExactly("80/tcp");
        Planning bad = Planning.of("FROM x\nEXPOSE ${PORT:?missing}\nSTOPSIGNAL $SIGNAL\n");
        assertThatThrownBy(bad::plan).hasMessageContainingAll("Dockerfile:2:1", "missing", "Dockerfile:3:1");
        assertThat(bad.asked()).hasSize(1);
    }

    /** A value that is faulty makes no second fault where it is used. */
    @Test
    void oneFaultIsToldOnce() {
        assertThatThrownBy(
                        Planning.of(
                                        "ARG G=${NO:?g}\nFROM scratch\nARG G\nENV A=${G:?again} B=${NO:?b}\nEXPOSE ${B:?again}\n")
                                ::plan)
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems().stream().map(Problem::where))
                                .containsExactly("Dockerfile:1:1", "Dockerfile:4:1"));
    }

    @Test
    void labelsOfTheRequestAreWrittenLast() {
        StageGraph graph = Planning.of("FROM scratch\nLABEL a=1 b=2\n").graph();
        assertThat(Planner.plan(graph, Map.of("a", "3", "c", "4"))
                        .image()
                        .config()
                        .labels())
                .isEqualTo(Map.of("a", "3", "b", "2", "c", "4"));
    }

    @Test
    void aMountMayNotCoverTheRoot() {
        assertThatThrownBy(Planning.of("FROM scratch\nRUN --mount=type=bind true\n")::plan)
                .hasMessageContainingAll("Dockerfile:2:1", "the target is the root directory");
    }
}
