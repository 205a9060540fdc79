package dev.slipway.dockerfile.parse;

import static dev.slipway.dockerfile.parse.Reading.faults;
import static dev.slipway.dockerfile.parse.Reading.one;
import static dev.slipway.dockerfile.parse.Reading.parse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.dockerfile.instruction.CommandLine.ShellForm;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.foundation.error.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: Dockerfile reference, format; physical lines become logical ones. */
class LinesTest {
    @Test
    void aContinuationJoinsLinesAndKeepsTheirLeadingBlanks() {
        assertThat(shell("RUN a \\\n    b \\\n\tc")).isEqualTo("a     b \tc");
        assertThat(shell("RUN a\\\nb")).isEqualTo("ab");
        assertThat(shell("RUN a \\  \t\n b")).isEqualTo("a  b");
        assertThat(shell("  \tRUN a")).isEqualTo("a");
        assertThat(shell("RUN \\\n a")).isEqualTo("a");
        assertThat(shell("\\\nRUN a")).isEqualTo("a");
        assertThat(shell("RU\\\nN a")).isEqualTo("a");
    }

    @Test
    void theEscapeOfTheFileJoinsLinesAndSplitsWords() {
        assertThat(parse("# escape=`\nFROM x\nRUN a `\n b\nRUN c:\\\nENV a=`\"b\n")
                        .lastStage()
                        .instructions())
                .extracting(Instruction::source)
                .containsExactly("RUN a  b", "RUN c:\\", "ENV a=`\"b");
    }

    @Test
    void twoEscapesDoNotContinue() {
        Dockerfile file = parse("FROM scratch\nRUN a\\\\\nRUN b\\\\  \nRUN c\\\\\\\nRUN d");
        assertThat(file.lastStage().instructions())
                .extracting(Instruction::source)
                .containsExactly("RUN a\\\\", "RUN b\\\\", "RUN c\\\\\\", "RUN d");
    }

    @Test
    void commentsAndEmptyLinesVanishInsideAnInstruction() {
        String text = "RUN a \\\n# comment \\\n   # another\n\n  \n b \\\n# last \\\n && c";
        assertThat(shell(text)).isEqualTo("a  b  && c");
        assertThat(emptyContinuations("FROM scratch\n" + text)).containsExactly(new Place("Dockerfile", 5, 1));
        assertThat(emptyContinuations("FROM scratch\nRUN a \\\n#\n b")).isEmpty();
    }

    @Test
    void aHashLaterInALineIsText() {
        assertThat(shell("RUN a # b")).isEqualTo("a # b");
    }

    @Test
    void anEscapeAtTheEndOfTheFileEndsTheInstruction() {
        assertThat(shell("RUN a \\")).isEqualTo("a");
        assertThat(shell("RUN a \\\n")).isEqualTo("a");
        assertThat(shell("RUN a \\\n# comment\n\n")).isEqualTo("a");
        assertThat(parse("FROM scratch\n\\\n").lastStage().instructions()).isEmpty();
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsDoNotCount() {
        Dockerfile file = parse("\uFEFFFROM scratch\r\nRUN a \\\r\n  b\r\n\r\n# comment\r\nUSER x\r\n");
        assertThat(file.lastStage().instructions())
                .extracting(Instruction::source)
                .containsExactly("RUN a   b", "USER x");
        assertThat(file.lastStage().from().place()).isEqualTo(new Place("Dockerfile", 1, 1));
    }

    @Test
    void keywordsHaveAnyCaseAndAnyBlankBehindThem() {
        Dockerfile file = parse("from scratch\nrUn\ta\nUsEr  x");
        assertThat(file.lastStage().instructions())
                .extracting(Instruction::keyword)
                .containsExactly("RUN", "USER");
        assertThat(file.lastStage().instructions())
                .extracting(Instruction::source)
                .containsExactly("rUn\ta", "UsEr  x");
    }

    @Test
    void anInstructionKnowsWhereItBeginsAndEnds() {
        Dockerfile file = parse("# hello\n\nFROM scratch\n\n  RUN a \\\n b \\\n c\n\nCOPY <<E /\nx\nE\nUSER y\n");
        List<Instruction> instructions = file.lastStage().instructions();
        assertThat(instructions)
                .extracting(Instruction::place)
                .containsExactly(
                        new Place("Dockerfile", 5, 3), new Place("Dockerfile", 9, 1), new Place("Dockerfile", 12, 1));
        assertThat(instructions)
                .extracting(instruction -> instruction.origin().lastLine())
                .containsExactly(7, 11, 12);
    }

    /** An empty comment begins a new block, an empty line does not. */
    @Test
    void anInstructionKnowsTheCommentsAboveIt() {
        Dockerfile file =
                parse("# syntax=docker/dockerfile:1\n# one\n\n#  two \nFROM a\n# three\n#\n# four\nRUN x\nRUN y");
        assertThat(file.lastStage().from().origin().comments()).containsExactly("one", "two");
        assertThat(file.lastStage().instructions())
                .extracting(instruction -> instruction.origin().comments())
                .containsExactly(List.of("four"), List.of());
    }

    @Test
    void aFaultInAContinuedLineStandsInItsOwnPhysicalLine() {
        assertThat(faults("FROM scratch\nCOPY --chown=a \\\n  --nosuch=1 \\\n a b")
                        .getFirst()
                        .where())
                .isEqualTo("Dockerfile:3:3");
        assertThat(faults("FROM scratch\nENV a=b \\\n  # comment\n\n\t c")
                        .getFirst()
                        .where())
                .isEqualTo("Dockerfile:5:3");
    }

    @Test
    void aLineHasAtMost65535Bytes() {
        assertThat(shell("RUN " + "a".repeat(65_531))).hasSize(65_531);
        assertThat(shell("RUN " + "a".repeat(65_531) + "\n")).hasSize(65_531);
        assertThat(faults("FROM scratch\nRUN " + "a".repeat(65_532) + "\n")).hasSize(1);
        assertThat(faults("FROM scratch\nRUN " + "a".repeat(65_531) + "\r\n")).hasSize(1);
        assertThat(faults("FROM scratch\nRUN " + "a".repeat(65_536))).hasSize(1);
        assertThat(faults("FROM scratch\nRUN " + "한".repeat(21_900)).getFirst().toString())
                .startsWith("Dockerfile:2: line too long");
        assertThat(shell(("RUN " + "a \\\n".repeat(50_000)) + "b")).endsWith("a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# comment\n\n", "\uFEFF", "\\"})
    void aFileHasAnInstruction(String text) {
        assertThat(faults(text))
                .singleElement()
                .hasToString("Dockerfile: the Dockerfile has no instruction; begin with FROM IMAGE");
    }

    @Test
    void aFileHasAStage() {
        assertThat(faults("ARG a=b\n"))
                .singleElement()
                .hasToString("Dockerfile: the Dockerfile has no stage; begin with FROM IMAGE");
        assertThat(faults("ARG a\nRUN x\nFROM scratch\n").getFirst().toString())
                .startsWith("Dockerfile:2:1: RUN: it stands before the first FROM");
    }

    @Test
    void allFaultsOfAFileAreReportedAtOnce() {
        assertThat(faults("""
                FROM a b
                FORM c
                COPY --form=x --chmod=9 a b
                ENV a=1 b
                RUN ["a", 1]
                HEALTHCHECK --interval=1 CMD x
                EXPOSE 80 http
                """))
                .extracting(problem -> problem.where())
                .containsExactly(
                        "Dockerfile:1:8",
                        "Dockerfile:2:1",
                        "Dockerfile:3:6",
                        "Dockerfile:3:15",
                        "Dockerfile:4:9",
                        "Dockerfile:5:5",
                        "Dockerfile:6:13",
                        "Dockerfile:7:11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FRMO x", "COPPY a b", "ENTRYPONT x", "runn x", "ENVV a=b"})
    void anUnknownInstructionIsRefusedWithWhatWasMeant(String line) {
        assertThat(Reading.fault(line)).contains("unknown instruction").contains("did you mean");
    }

    @Test
    void anUnknownInstructionThatResemblesNoneMayBelongToTheLineAbove() {
        assertThat(Reading.fault("&& apt-get update")).contains("end that line with \\");
    }

    private static String shell(String text) {
        return ((ShellForm) one(Run.class, text).form()).text();
    }

    private static List<Place> emptyContinuations(String text) {
        return DockerfileParser.read("Dockerfile", text.getBytes(UTF_8), Map.of())
                .emptyContinuations();
    }
}
