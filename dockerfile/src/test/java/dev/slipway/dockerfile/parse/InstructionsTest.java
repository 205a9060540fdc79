package dev.slipway.dockerfile.parse;

import static dev.slipway.dockerfile.parse.Reading.fault;
import static dev.slipway.dockerfile.parse.Reading.one;
import static dev.slipway.dockerfile.parse.Reading.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.dockerfile.instruction.Add;
import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.instruction.Cmd;
import dev.slipway.dockerfile.instruction.CommandLine.ExecForm;
import dev.slipway.dockerfile.instruction.CommandLine.ShellForm;
import dev.slipway.dockerfile.instruction.Copy;
import dev.slipway.dockerfile.instruction.CopySource;
import dev.slipway.dockerfile.instruction.Entrypoint;
import dev.slipway.dockerfile.instruction.Env;
import dev.slipway.dockerfile.instruction.Expose;
import dev.slipway.dockerfile.instruction.From;
import dev.slipway.dockerfile.instruction.Healthcheck;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.KeyValue;
import dev.slipway.dockerfile.instruction.Label;
import dev.slipway.dockerfile.instruction.Maintainer;
import dev.slipway.dockerfile.instruction.OnBuild;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.dockerfile.instruction.Shell;
import dev.slipway.dockerfile.instruction.StopSignal;
import dev.slipway.dockerfile.instruction.User;
import dev.slipway.dockerfile.instruction.Volume;
import dev.slipway.dockerfile.instruction.Workdir;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: Dockerfile reference, instruction by instruction. */
class InstructionsTest {
    @Test
    void from() {
        From plain = parse("FROM --platform=$BUILDPLATFORM ubuntu:$TAG as Base.1")
                .lastStage()
                .from();
        assertThat(plain.image()).isEqualTo("ubuntu:$TAG");
        assertThat(plain.platform()).hasValue("$BUILDPLATFORM");
        assertThat(plain.alias()).hasValue("Base.1");
        assertThat(parse("FROM a").lastStage().from().alias()).isEmpty();
        assertThat(parse("FROM --platform= a").lastStage().from().platform()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"FROM", "FROM a b", "FROM a as", "FROM a is b", "FROM a AS 1b", "FROM a AS b/c", "FROM a AS b c"
            })
    void fromHasOneArgumentOrThree(String line) {
        assertThat(Reading.faults(line)).singleElement().asString().startsWith("Dockerfile:1:");
    }

    @Test
    void arg() {
        assertThat(one(Arg.class, "ARG a b= c=\"x y\" d='$e'").variables())
                .containsExactly(
                        new Arg.Variable("a", Optional.empty()),
                        new Arg.Variable("b", Optional.of("")),
                        new Arg.Variable("c", Optional.of("\"x y\"")),
                        new Arg.Variable("d", Optional.of("'$e'")));
    }

    @Test
    void env() {
        Env env = one(Env.class, "ENV a=1 b=\"2 3\" c=4\\ 5 $d='e=f' g= \\\n h=x");
        assertThat(env.legacy()).isFalse();
        assertThat(env.pairs())
                .containsExactly(
                        new KeyValue("a", "1"),
                        new KeyValue("b", "\"2 3\""),
                        new KeyValue("c", "4\\ 5"),
                        new KeyValue("$d", "'e=f'"),
                        new KeyValue("g", ""),
                        new KeyValue("h", "x"));
    }

    @Test
    void envAndLabelHaveAnOldForm() {
        Env env = one(Env.class, "ENV name  the \"rest\" = of it ");
        assertThat(env.legacy()).isTrue();
        assertThat(env.pairs()).containsExactly(new KeyValue("name", "the \"rest\" = of it"));
        Label label = one(Label.class, "LABEL a.b c");
        assertThat(label.legacy()).isTrue();
        assertThat(label.pairs()).containsExactly(new KeyValue("a.b", "c"));
        assertThat(one(Label.class, "LABEL \"a b\"=c").pairs()).containsExactly(new KeyValue("\"a b\"", "c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ENV",
                "ENV PATH",
                "ENV a=1 b",
                "ENV =x",
                "ENV a=1 =2",
                "LABEL",
                "LABEL a",
                "ARG",
                "ARG =x",
                "ARG a =b",
                "ENV --flag a=b"
            })
    void namesAndValuesComeInPairs(String line) {
        assertThat(fault(line)).startsWith("Dockerfile:2:");
    }

    @Test
    void runCmdAndEntrypointTakeTwoForms() {
        assertThat(one(Run.class, "RUN echo \"$HOME\"  x").form()).isEqualTo(new ShellForm("echo \"$HOME\"  x"));
        assertThat(one(Run.class, "RUN [\"a\", \"b c\"]").form()).isEqualTo(new ExecForm(List.of("a", "b c")));
        assertThat(one(Run.class, "RUN [ -f x ] && y").form()).isEqualTo(new ShellForm("[ -f x ] && y"));
        assertThat(one(Cmd.class, "CMD ['a']").command()).isEqualTo(new ShellForm("['a']"));
        assertThat(one(Cmd.class, "CMD [\"a\"]tail").command()).isEqualTo(new ShellForm("[\"a\"]tail"));
        assertThat(one(Cmd.class, "CMD []").command()).isEqualTo(new ExecForm(List.of()));
        assertThat(one(Entrypoint.class, "ENTRYPOINT [\"/x\"]").command()).isEqualTo(new ExecForm(List.of("/x")));
        assertThat(one(Cmd.class, "CMD -- --x").command()).isEqualTo(new ShellForm("--x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CMD [\"a\", 1]", "RUN [[\"a\"]]", "ENTRYPOINT [null]", "RUN []", "CMD --doit [\"a\"]"})
    void aJsonArrayHoldsStringsOnly(String line) {
        assertThat(fault(line)).startsWith("Dockerfile:2:");
    }

    @Test
    void anEmptyCommandIsRemarked() {
        assertThat(parse("FROM a\nCMD").warnings()).singleElement().asString().contains("has no command");
    }

    @Test
    void runFlags() {
        Run run = one(
                Run.class, "RUN --network=none --security=insecure --mount=type=tmpfs,target=/t --mount=target=/c x");
        assertThat(run.network()).isEqualTo(Run.Network.NONE);
        assertThat(run.security()).isEqualTo(Run.Security.INSECURE);
        assertThat(run.mounts()).extracting(mount -> mount.text()).containsExactly("type=tmpfs,target=/t", "target=/c");
        assertThat(one(Run.class, "RUN x").network()).isEqualTo(Run.Network.DEFAULT);
        assertThat(one(Run.class, "RUN x").security()).isEqualTo(Run.Security.SANDBOX);
    }

    @Test
    void allFlagsOfAnInstructionAreChecked() {
        assertThat(Reading.faults("FROM a\nCOPY --a --b=1 x y")).hasSize(2);
    }

    @Test
    void copy() {
        Copy copy = one(
                Copy.class,
                "COPY --from=Build --chown=$U:g --chmod=u+x --link --parents=FALSE --exclude=*.md --exclude=!a a $b ./c/");
        assertThat(copy.from()).hasValue("Build");
        assertThat(copy.chown()).hasValue("$U:g");
        assertThat(copy.chmod()).hasValue("u+x");
        assertThat(copy.link()).isTrue();
        assertThat(copy.parents()).isFalse();
        assertThat(copy.excludes()).containsExactly("*.md", "!a");
        assertThat(copy.sources()).containsExactly(new CopySource.Named("a"), new CopySource.Named("$b"));
        assertThat(copy.destination()).isEqualTo("./c/");
    }

    /** Words know no quotes; only the JSON form has blanks in its paths. */
    @Test
    void pathsOfCopy() {
        assertThat(one(Copy.class, "COPY \"a b\" c").sources())
                .containsExactly(new CopySource.Named("\"a"), new CopySource.Named("b\""));
        Copy json = one(Copy.class, "COPY [\"a b\", \"c\"]");
        assertThat(json.sources()).containsExactly(new CopySource.Named("a b"));
        assertThat(json.destination()).isEqualTo("c");
        assertThat(one(Copy.class, "COPY -- --a b").sources()).containsExactly(new CopySource.Named("--a"));
        assertThat(one(Copy.class, "COPY --chown=\"a b\" x y").chown()).hasValue("a b");
        assertThat(one(Copy.class, "COPY --chown=a\\ b --link=true x y").chown())
                .hasValue("a b");
    }

    @Test
    void add() {
        Add add = one(
                Add.class,
                "ADD --chown=1 --chmod=$M --link=false --exclude=x --keep-git-dir --checksum=sha256:$S --unpack=false a b c");
        assertThat(add.chown()).hasValue("1");
        assertThat(add.chmod()).hasValue("$M");
        assertThat(add.link()).isFalse();
        assertThat(add.excludes()).containsExactly("x");
        assertThat(add.keepGitDir()).hasValue(true);
        assertThat(add.checksum()).hasValue("sha256:$S");
        assertThat(add.unpack()).hasValue(false);
        assertThat(add.sources()).hasSize(2);
        Add plain = one(Add.class, "ADD https://example.com/a /b");
        assertThat(plain.unpack()).isEmpty();
        assertThat(plain.keepGitDir()).isEmpty();
    }

    @Test
    void instructionsWithTheRestOfTheLine() {
        assertThat(one(Workdir.class, "WORKDIR /a b $c ").path()).isEqualTo("/a b $c");
        assertThat(one(User.class, "USER a:b").user()).isEqualTo("a:b");
        assertThat(one(StopSignal.class, "STOPSIGNAL $S").signal()).isEqualTo("$S");
        assertThat(one(Maintainer.class, "MAINTAINER A B <a@b>").author()).isEqualTo("A B <a@b>");
    }

    @Test
    void instructionsWithLists() {
        assertThat(one(Volume.class, "VOLUME /a $b").paths()).containsExactly("/a", "$b");
        assertThat(one(Volume.class, "VOLUME [\"/a b\", \"c\"]").paths()).containsExactly("/a b", "c");
        assertThat(one(Expose.class, "EXPOSE 90 $P 1000-1010/udp 80").ports())
                .containsExactly("$P", "1000-1010/udp", "80", "90");
        assertThat(one(Shell.class, "SHELL [\"/bin/bash\", \"-c\"]").arguments())
                .containsExactly("/bin/bash", "-c");
    }

    @Test
    void healthcheck() {
        Healthcheck check = one(
                Healthcheck.class,
                "HEALTHCHECK --interval=1m30s --timeout=3s --start-period=0 --start-interval=1ms --retries=3 CMD a || b");
        assertThat(check.probe()).hasValue(new ShellForm("a || b"));
        assertThat(check.interval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(check.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(check.startPeriod()).isZero();
        assertThat(check.startInterval()).isEqualTo(Duration.ofMillis(1));
        assertThat(check.retries()).isEqualTo(3);
        assertThat(one(Healthcheck.class, "HEALTHCHECK cmd [\"a\"]").probe()).hasValue(new ExecForm(List.of("a")));
        assertThat(one(Healthcheck.class, "HEALTHCHECK none").probe()).isEmpty();
    }

    @Test
    void onBuild() {
        OnBuild onBuild = one(OnBuild.class, "ONBUILD  COPY --from=a  b c");
        assertThat(onBuild.trigger()).isEqualTo("COPY --from=a  b c");
        assertThat(onBuild.instruction())
                .isInstanceOfSatisfying(
                        Copy.class, copy -> assertThat(copy.from()).hasValue("a"));
        assertThat(onBuild.source()).isEqualTo("ONBUILD  COPY --from=a  b c");
        assertThat(onBuild.instruction().source()).isEqualTo("COPY --from=a  b c");
    }

    @Test
    void aTriggerStandsAtItsFrom() {
        Place place = new Place("Dockerfile", 3, 1);
        Instruction run = DockerfileParser.parseTrigger("RUN <<E\nx\nE", place);
        assertThat(run).isInstanceOf(Run.class);
        assertThat(run.place()).isEqualTo(place);
        for (String broken : List.of("", "RUN a\nRUN b", "FROM x", "ONBUILD RUN x", "NOSUCH", "COPY a", "RUN <<E\nx")) {
            assertThatThrownBy(() -> DockerfileParser.parseTrigger(broken, place))
                    .as(broken)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("Dockerfile:3:1: ");
        }
    }
}
