package dev.slipway.dockerfile.parse;

import static dev.slipway.dockerfile.parse.Reading.fault;
import static dev.slipway.dockerfile.parse.Reading.one;
import static dev.slipway.dockerfile.parse.Reading.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.dockerfile.instruction.Add;
import dev.slipway.dockerfile.instruction.CommandLine.ExecForm;
import dev.slipway.dockerfile.instruction.CommandLine.ShellForm;
import dev.slipway.dockerfile.instruction.Copy;
import dev.slipway.dockerfile.instruction.CopySource;
import dev.slipway.dockerfile.instruction.Heredoc;
import dev.slipway.dockerfile.instruction.HeredocCommand;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.OnBuild;
import dev.slipway.dockerfile.instruction.Run;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: Dockerfile reference, here-documents. */
class HeredocsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            <<EOF         | EOF     | 0 | true  | false
            <<-EOF        | EOF     | 0 | true  | true
            << EOF        | EOF     | 0 | true  | false
            <<- EOF       | EOF     | 0 | true  | true
            << -EOF       | -EOF    | 0 | true  | false
            3<<EOF        | EOF     | 3 | true  | false
            <<'EOF'       | EOF     | 0 | false | false
            <<"EOF"       | EOF     | 0 | false | false
            <<EO"F"       | EOF     | 0 | false | false
            <<-'EOF'      | EOF     | 0 | false | true
            <<eo'f'       | eof     | 0 | false | false
            <<eo\\'f      | eo'f    | 0 | true  | false
            <<'e'o\\'f    | eo'f    | 0 | false | false
            <<'one two'   | one two | 0 | false | false
            <<$EOF        | $EOF    | 0 | true  | false
            <<file.txt    | file.txt | 0 | true | false
            """)
    void aDelimiterIsAWord(String word, String name, int descriptor, boolean expands, boolean stripsTabs) {
        HeredocCommand command = command("RUN " + word + "\nbody\n" + name + "\n");
        assertThat(command.heredocs()).containsExactly(new Heredoc(name, descriptor, expands, stripsTabs, "body\n"));
        assertThat(command.only()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat \"<<EOF\"",
                "cat '<<EOF'",
                "cat <<<EOF",
                "cat <EOF",
                "cat <<",
                "cat <<-",
                "cat a<<EOF",
                "echo $((1<<2))",
                "cat \\<<EOF",
                "echo \"a <<EOF",
                "cat <<''"
            })
    void theseAreNoHeredocs(String command) {
        assertThat(one(Run.class, "RUN " + command).form()).isEqualTo(new ShellForm(command));
    }

    @Test
    void onlyRunCopyAndAddHaveThem() {
        assertThat(parse("FROM a\nUSER <<EOF\nWORKDIR <<EOF\nCMD cat <<EOF\n")
                        .lastStage()
                        .instructions())
                .hasSize(3);
    }

    @Test
    void theJsonFormHasNone() {
        assertThat(one(Run.class, "RUN [\"<<EOF\", \"a\"]").form()).isEqualTo(new ExecForm(List.of("<<EOF", "a")));
        assertThat(one(Copy.class, "COPY [ \"<<EOF\", \"/\" ]").sources())
                .containsExactly(new CopySource.Named("<<EOF"));
    }

    @Test
    void theBodyIsKeptAsItIs() {
        HeredocCommand command = command("RUN <<E\n# comment\n\n  a \\\n\tb\r\n E\nE x\nE\n");
        assertThat(command.heredocs().getFirst().body()).isEqualTo("# comment\n\n  a \\\n\tb\r\n E\nE x\n");
    }

    @Test
    void aDashStripsTabsAndTheTerminatorMayHaveThem() {
        HeredocCommand command = command("RUN <<-E\n\t\ta\n\t b\n  c\n\tE\n");
        assertThat(command.heredocs().getFirst().rawBody()).isEqualTo("\t\ta\n\t b\n  c\n");
        assertThat(command.heredocs().getFirst().body()).isEqualTo("a\n b\n  c\n");
        assertThat(fault("RUN <<E\na\n\tE\n")).contains("the heredoc does not end");
    }

    @Test
    void theTerminatorMayEndInCarriageReturnOrAtTheEndOfTheFile() {
        assertThat(command("RUN <<E\r\na\r\nE\r\n").heredocs().getFirst().rawBody())
                .isEqualTo("a\r\n");
        assertThat(command("RUN <<E\na\nE").heredocs().getFirst().rawBody()).isEqualTo("a\n");
        assertThat(command("RUN <<E\nE").heredocs().getFirst().rawBody()).isEmpty();
    }

    @Test
    void severalAreReadInTheirOrder() {
        Copy copy = one(Copy.class, "COPY <<X plain <<Y /dest/\nY\nX\nX\nY\n");
        assertThat(copy.sources())
                .containsExactly(
                        new CopySource.Inline(new Heredoc("X", 0, true, false, "Y\n")),
                        new CopySource.Named("plain"),
                        new CopySource.Inline(new Heredoc("Y", 0, true, false, "X\n")));
        assertThat(copy.destination()).isEqualTo("/dest/");
        assertThat(one(Add.class, "ADD <<'a b' << c /d\nx\na b\ny\nc\n").sources())
                .containsExactly(
                        new CopySource.Inline(new Heredoc("a b", 0, false, false, "x\n")),
                        new CopySource.Inline(new Heredoc("c", 0, true, false, "y\n")));
    }

    @Test
    void theNextInstructionFollowsTheTerminator() {
        assertThat(parse("FROM a\nRUN <<E\nRUN x\nE\nUSER y\n").lastStage().instructions())
                .extracting(Instruction::source)
                .containsExactly("RUN <<E", "USER y");
    }

    @Test
    void aCommandWithMoreThanAHeredocGoesToTheShellAsAWhole() {
        HeredocCommand command = command("RUN python3 <<E - 3<<-'F'\nprint()\nE\n\tx\n\tF\n");
        assertThat(command.only()).isFalse();
        assertThat(command.shellText()).isEqualTo("python3 <<E - 3<<-'F'\nprint()\nE\n\tx\nF");
        assertThat(command.scriptFile()).isEmpty();
    }

    @Test
    void aHeredocAloneIsTheScript() {
        assertThat(command("RUN <<-E\n\ta\nE\n").shellText()).isEqualTo("a\n");
        HeredocCommand script = command("RUN --network=none <<E\n#!/usr/bin/python\nx\nE\n");
        assertThat(script.scriptFile())
                .hasValueSatisfying(file -> assertThat(file.name()).isEqualTo("E"));
    }

    @Test
    void aTriggerIsWrittenOutAgain() {
        OnBuild onBuild = one(OnBuild.class, "ONBUILD COPY <<-A <<B /x/\n\ta\nA\nb\nB\n");
        assertThat(onBuild.trigger()).isEqualTo("COPY <<-A <<B /x/\n\ta\nA\nb\nB");
        assertThat(onBuild.instruction()).isInstanceOf(Copy.class);
        assertThat(one(OnBuild.class, "onbuild  run <<E\nx\nE").trigger()).isEqualTo("run <<E\nx\nE");
    }

    @Test
    void faultsSayWhichHeredoc() {
        assertThat(fault("RUN cat <<EOF\nRUN x\n"))
                .startsWith("Dockerfile:2:9: RUN <<EOF: the heredoc does not end")
                .contains("nothing but EOF");
        assertThat(fault("RUN <<'EOF")).contains("quote in the delimiter");
        assertThat(fault("COPY a <<EOF\nx\nEOF\n")).contains("cannot be the destination");
    }

    private static HeredocCommand command(String text) {
        return (HeredocCommand) one(Run.class, text).form();
    }
}
