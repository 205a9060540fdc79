package dev.slipway.dockerfile.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.foundation.error.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What holds for every file. */
class DockerfileParserPropertyTest {
    private static final int CASES = 20_000 * Integer.getInteger("slipway.cases", 1);
    private static final long SEED = 1_234;
    private static final String[] PIECES = {
        "FROM",
        "RUN",
        "COPY",
        "ADD",
        "ENV",
        "ARG",
        "HEALTHCHECK",
        "ONBUILD",
        "EXPOSE",
        "SHELL",
        "VOLUME",
        "CMD",
        " ",
        " ",
        "\n",
        "\n",
        "\r\n",
        "\\",
        "\\\n",
        "#",
        "# escape=`\n",
        "<<E",
        "<<-'E'",
        "\nE\n",
        "--from=",
        "--mount=",
        "type=cache",
        ",target=/c",
        "[",
        "]",
        "\"a\"",
        ",",
        "'",
        "\"",
        "=",
        "a",
        "b c",
        "$X",
        "80",
        "AS",
        "\t",
        "\uFEFF",
        "CMD",
        "NONE"
    };
    private static final String[] LINES = {
        "RUN echo a", "COPY a b", "ENV a=b", "WORKDIR /x", "CMD [\"a\"]", "EXPOSE 80", "USER u", "LABEL a=b", "ARG x=y"
    };

    @Test
    void everyTextIsAFileOrARefusalWithPlaces() {
        Random random = new Random(SEED);
        for (int i = 0; i < CASES; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "FROM a\n" : "");
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            try {
                Reading.parse(text.toString());
            } catch (InvalidInputException refused) {
                assertThat(refused.problems())
                        .allMatch(problem -> problem.where().startsWith("Dockerfile"));
            } catch (RuntimeException defect) {
                throw new AssertionError("seed " + SEED + ", case " + i + ": " + text, defect);
            }
        }
    }

    /** Comments, blank lines and continuations change where instructions stand, not what they are. */
    @Test
    void layoutDoesNotChangeInstructions() {
        Random random = new Random(SEED);
        for (int i = 0; i < CASES / 20; i++) {
            List<String> plain = new ArrayList<>(List.of("FROM base AS x"));
            for (int n = random.nextInt(6); n > 0; n--) {
                plain.add(LINES[random.nextInt(LINES.length)]);
            }
            StringBuilder laidOut = new StringBuilder("# a comment\n");
            for (String line : plain) {
                laidOut.append(layOut(random, line));
            }
            assertThat(sources(Reading.parse(laidOut.toString())))
                    .as("seed %s, case %s: %s", SEED, i, laidOut)
                    .isEqualTo(sources(Reading.parse(String.join("\n", plain))));
        }
    }

    @Test
    void timeGrowsWithTheSizeOnly() {
        List<String> hostile = List.of(
                "FROM a\nRUN " + "<<A ".repeat(10_000),
                "FROM a\nRUN " + "\"".repeat(60_000),
                "FROM a\nRUN " + "[".repeat(60_000),
                "FROM a\nCOPY " + "--exclude=a ".repeat(5_000) + "a b",
                "FROM a\nCOPY " + "a \\\n".repeat(100_000) + "b",
                "FROM a\n" + "# comment\n".repeat(200_000) + "RUN x",
                "FROM a\n" + "RUN x\n".repeat(50_000),
                "FROM a\n" + "NOSUCH\n".repeat(50_000),
                "FROM a\nRUN x \\\n" + "\n".repeat(500_000),
                "FROM a\nRUN <<E\n" + "x\n".repeat(500_000) + "E",
                "FROM a\nRUN --mount=" + "target=/".repeat(6_000) + " x",
                "FROM a\nRUN --mount=type=cache,target=" + "/./".repeat(10_000) + " x",
                "FROM a\nONBUILD " + "RUN ".repeat(15_000));
        for (String text : hostile) {
            Assertions.assertTimeout(
                    Duration.ofSeconds(20),
                    () -> {
                        try {
                            DockerfileParser.parse("Dockerfile", text.getBytes(UTF_8));
                        } catch (InvalidInputException refused) {
                            assertThat(refused.problems()).isNotEmpty();
                        }
                    },
                    () -> text.substring(0, 30));
        }
    }

    private static String layOut(Random random, String line) {
        String indented = " ".repeat(random.nextInt(3)) + line;
        int blank = indented.indexOf(' ', indented.length() - line.length());
        String broken = random.nextBoolean() || line.startsWith("FROM")
                ? indented
                : indented.substring(0, blank + 1) + "\\ \n# inside\n" + indented.substring(blank + 1);
        return broken
                + (random.nextBoolean() ? "\r\n" : "\n")
                + "\n".repeat(random.nextInt(2))
                + (random.nextBoolean() ? " # comment \\\n" : "");
    }

    private static List<String> sources(Dockerfile file) {
        List<String> sources = new ArrayList<>();
        for (Stage stage : file.stages()) {
            sources.add(stage.from().source());
            stage.instructions().stream().map(Instruction::source).forEach(sources::add);
        }
        return sources;
    }
}
