package dev.slipway.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.dockerfile.instruction.KeyValue;
import dev.slipway.image.model.Healthcheck;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shapes are those of BuildKit's exported history (its test for exported history names them). */
class HistoryTextTest {
    @Test
    void aRunWithoutArgumentsInScopeIsTheCommand() {
        assertThat(HistoryText.run(Map.of(), List.of("/bin/sh", "-c", "echo a")))
                .isEqualTo("RUN /bin/sh -c echo a # buildkit");
    }

    @Test
    void aRunTellsHowManyArgumentsItSees() {
        LinkedHashMap<String, String> args = new LinkedHashMap<>();
        args.put("ONE", "1");
        args.put("TWO", "b c");
        assertThat(HistoryText.run(args, List.of("/bin/sh", "-c", "make")))
                .isEqualTo("RUN |2 ONE=1 TWO=b c /bin/sh -c make # buildkit");
    }

    @Test
    void aCopyShowsOwnerAndModeButNotWhereFrom() {
        assertThat(HistoryText.copy("COPY", List.of("--chown=app"), List.of("a", "b"), "/c/"))
                .isEqualTo("COPY --chown=app a b /c/ # buildkit");
    }

    @Test
    void commandsAreQuotedWords() {
        assertThat(HistoryText.quoted("CMD", List.of("/bin/sh", "-c", "echo \"hi\"\n")))
                .isEqualTo("CMD [\"/bin/sh\" \"-c\" \"echo \\\"hi\\\"\\n\"]");
    }

    /** Go's documentation of strconv.Quote. */
    @Test
    void whatCannotBePrintedIsEscaped() {
        assertThat(HistoryText.quoted(
                        "CMD", List.of("\u001b\u007f\u0007\u000b", "\u00e9\u200b\ud83d\ude00\ue000", "\\")))
                .isEqualTo("CMD [\"\\x1b\\x7f\\a\\v\" \"\u00e9\\u200b\ud83d\ude00\\ue000\" \"\\\\\"]");
    }

    @Test
    void aNameStandsAsOftenAsItWasWritten() {
        assertThat(HistoryText.pairs("ENV", List.of(new KeyValue("a", "1"), new KeyValue("a", "2"))))
                .isEqualTo("ENV a=1 a=2");
    }

    @Test
    void listsStandInBrackets() {
        assertThat(HistoryText.bracketed("EXPOSE", List.of("1234/udp", "80/tcp")))
                .isEqualTo("EXPOSE [1234/udp 80/tcp]");
    }

    @Test
    void aHealthcheckShowsEveryField() {
        Healthcheck check = new Healthcheck(
                List.of("CMD-SHELL", "x"), Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
        assertThat(HistoryText.healthcheck(check))
                .isEqualTo("HEALTHCHECK {Test:[CMD-SHELL x] Interval:1s Timeout:0s StartPeriod:0s"
                        + " StartInterval:0s Retries:0}");
    }

    /** Go's documentation of time.Duration.String. */
    @ParameterizedTest
    @CsvSource({
        "PT0S,0s",
        "PT1S,1s",
        "PT1.5S,1.5s",
        "PT0.25S,250ms",
        "PT0.0015S,1.5ms",
        "PT1M30S,1m30s",
        "PT2H,2h0m0s",
        "PT2H0M1S,2h0m1s"
    })
    void durationsArePrintedAsGoDoes(Duration duration, String expected) {
        assertThat(HistoryText.duration(duration)).isEqualTo(expected);
    }
}
