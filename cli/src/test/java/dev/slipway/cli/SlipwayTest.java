package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.wiring.Builders;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.error.TimedOutException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit statuses and messages, as the table of commands in the README has them. */
class SlipwayTest {
    private final Console console = new Console(Path.of("/work"), Map.of("SLIPWAY_HOME", "/state"));

    @Test
    void withoutACommandTheUsageIsWrong() {
        assertThat(console.run()).isEqualTo(2);
        assertThat(console.err()).isEqualTo("error: slipway: Missing command\n  see slipway --help\n");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void anUnknownOptionIsNamedWithTheOneThatWasMeant() {
        assertThat(console.run("build", "--pus")).isEqualTo(2);
        assertThat(console.err()).isEqualTo("""
                        error: slipway build: Unknown option: '--pus'
                          did you mean --push?
                          see slipway build --help
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "build --no-cache",
                "build a b",
                "build --format tar",
                "check --format xml",
                "local-ecr --port x",
                "push",
                "build -f"
            })
    void whatThisVersionDoesNotKnowIsWrongUsage(String line) {
        assertThat(console.run(line.split(" "))).isEqualTo(2);
        assertThat(console.err())
                .startsWith("error: slipway")
                .contains("--help")
                .doesNotContain("\tat ");
    }

    @Test
    void aWrongReferenceSaysWhatIsWrongWithIt() {
        assertThat(console.run("build", "-t", "Team/App:1")).isEqualTo(2);
        assertThat(console.err()).contains("'--tag' (REF)", "the repository name 'Team/App' must be lower case");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "run --help", "build --help", "check --help", "local-ecr --help"})
    void helpFitsAScreenAndHasExamples(String line) {
        assertThat(console.run(line.split(" "))).isZero();
        assertThat(console.out().lines()).hasSizeBetween(18, 50).allMatch(text -> text.length() <= 100);
        assertThat(console.out()).contains("Examples:", "  slipway ");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(console.run("--version")).isZero();
        assertThat(console.out()).matches("slipway \\S+\n");
    }

    @Test
    void everyKindOfErrorHasItsStatus() {
        Problem problem = Problem.of("it failed", "so it was");

        assertThat(failingWith(new BuildFailedException(problem))).isEqualTo(1);
        assertThat(failingWith(new InvalidInputException(problem))).isEqualTo(2);
        assertThat(failingWith(new NotAllowedException(problem))).isEqualTo(3);
        assertThat(failingWith(new ServiceException(problem))).isEqualTo(4);
        assertThat(failingWith(new MachineException(problem))).isEqualTo(5);
        assertThat(failingWith(new TimedOutException(problem))).isEqualTo(124);
        assertThat(failingWith(new CancelledException(problem))).isEqualTo(130);
    }

    @Test
    void everyFaultOfTheInputIsAParagraph() {
        failingWith(new InvalidInputException(List.of(
                Problem.of("unknown key 'tag'").at(new Place("step.yaml", 4, 3)).remedy("write 'tags'"),
                Problem.of("no region").at(Place.ofFile("step.yaml")))));

        assertThat(console.err())
                .isEqualTo("error: step.yaml:4:3: unknown key 'tag'; write 'tags'\nerror: step.yaml: no region\n");
    }

    @Test
    void aFailedCommandShowsItsLastOutputWithoutTerminalSequences() {
        Problem problem = new Problem("Dockerfile:7", "RUN make", "exit status 2", "");
        failingWith(new BuildFailedException(
                problem, List.of("compiling", "\u001b[31mno rule\u001b[0m"), OptionalInt.of(2), null));

        assertThat(console.err()).isEqualTo("""
                        error: Dockerfile:7: RUN make: exit status 2
                          its last output:
                          | compiling
                          | no rule
                        """);
    }

    @Test
    void anythingElseIsADefectAndSaysHowToReportIt() {
        assertThat(failingWith(new IllegalStateException("lost"))).isEqualTo(70);
        assertThat(console.err())
                .contains("a defect of Slipway", "lost", "--debug")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--debug build", "build --debug"})
    void stackTracesAreShownOnRequest(String line) {
        assertThat(console.run(throwing(new IllegalStateException("lost")), line.split(" ")))
                .isEqualTo(70);
        assertThat(console.err()).contains("\tat ");
    }

    private int failingWith(RuntimeException error) {
        return console.run(throwing(error), "build");
    }

    private static Builders throwing(RuntimeException error) {
        return environment -> request -> {
            throw error;
        };
    }
}
