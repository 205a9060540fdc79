package dev.slipway.dockerfile.lint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What holds for every file. */
class LinterPropertyTest {
    private static final int CASES = 5_000 * Integer.getInteger("slipway.cases", 1);
    private static final long SEED = 77;
    private static final List<Rule> RULES = List.of(Rule.values());
    private static final String[] LINES = {
        "FROM scratch as A",
        "from scratch AS context",
        "FROM --platform=$TARGETPLATFORM b$V AS b",
        "FROM --platform=linux/arm64 b",
        "FROM $V",
        "ARG V=1 W",
        "ARG $X=$Y",
        "ENV password=$P q=${Q:-r} \\\n\n  s=$T",
        "ENV a b $C",
        "Label x $y",
        "COPY <<A <<'B' /x\n$a\nA\n$b\nB",
        "COPY --from=b . $D",
        "ADD . https://e.com/$f /",
        "EXPOSE 80/TCP 1:2 $ports ${x",
        "WORKDIR rel/$W",
        "CMD run",
        "ENTRYPOINT [\"a\"]",
        "HEALTHCHECK NONE",
        "SHELL [\"a\"]",
        "ONBUILD COPY $z /",
        "ONBUILD WORKDIR w",
        "MAINTAINER me",
        "RUN --mount=type=cache,target=$t true",
        "USER 'u$n",
        "VOLUME \t\u65e5$v",
        "# check=skip=all",
        "# check=skip=UndefinedVar,WorkdirRelativePath why",
        "# V text",
        "#",
        "",
        "NOSUCH"
    };

    @Test
    void everyFindingStandsInTheFileInOrder() {
        Random random = new Random(SEED);
        for (int i = 0; i < CASES; i++) {
            String text = text(random, "\n");
            String[] lines = text.split("\n", -1);
            int before = 0;
            for (Finding finding : lint("# check=experimental=all\n" + text).findings()) {
                Span span = finding.span();
                assertThat(span.line())
                        .as("seed %s, case %s: %s", SEED, i, text)
                        .isGreaterThanOrEqualTo(before);
                assertThat(finding.source()).isEqualTo(lines[span.line() - 2]);
                assertThat(span.endColumn())
                        .isBetween(span.column(), finding.source().length() + 1);
                before = span.line();
            }
        }
    }

    @Test
    void lineEndsMakeNoDifference() {
        Random random = new Random(SEED);
        for (int i = 0; i < CASES / 10; i++) {
            String text = text(random, "\n");
            assertThat(shortForms(lint(text.replace("\n", "\r\n"))))
                    .as("seed %s, case %s: %s", SEED, i, text)
                    .isEqualTo(shortForms(lint(text)));
        }
    }

    @Test
    void skippingOneRuleTakesAwayItsFindingsAndNoOther() {
        Random random = new Random(SEED);
        for (int i = 0; i < CASES / 10; i++) {
            String text = text(random, "\n");
            Rule skipped = RULES.get(random.nextInt(RULES.size()));
            List<Finding> all = lint("# check=experimental=none\n" + text).findings();
            assertThat(lint("# check=skip=" + skipped + "\n" + text).findings())
                    .as("seed %s, case %s: without %s %s", SEED, i, skipped, text)
                    .isEqualTo(all.stream()
                            .filter(finding -> finding.rule() != skipped)
                            .toList());
        }
    }

    @Test
    void timeGrowsWithTheSizeOnly() {
        List<String> hostile = List.of(
                "FROM scratch\n" + "USER $x\n".repeat(20_000),
                "FROM scratch\n" + many(10_000, "ENV K%d=1 L%1$d=$M%1$d"),
                "FROM scratch\nEXPOSE " + "80:80/TCP ".repeat(5_000),
                "FROM scratch\nCOPY " + "$a ".repeat(10_000) + "/",
                "FROM scratch\nCOPY " + " ".repeat(60_000) + "$a \\\n" + " ".repeat(60_000) + "/",
                "FROM scratch\nCOPY <<A /\n" + "$a $b\n".repeat(50_000) + "A",
                many(2_000, "FROM scratch AS s%d"),
                "# c\n".repeat(100_000) + "FROM scratch",
                "FROM scratch\n" + "CMD x\n".repeat(20_000));
        for (String text : hostile) {
            Assertions.assertTimeout(
                    Duration.ofSeconds(20), () -> lint(text), () -> text.substring(0, Math.min(40, text.length())));
        }
    }

    private static String many(int count, String template) {
        return IntStream.range(0, count).mapToObj(template::formatted).collect(Collectors.joining("\n"));
    }

    private static String text(Random random, String end) {
        List<String> lines = new ArrayList<>();
        if (random.nextInt(4) > 0) {
            lines.add("FROM scratch");
        }
        for (int n = random.nextInt(12); n > 0; n--) {
            lines.add(LINES[random.nextInt(LINES.length - (random.nextInt(5) > 0 ? 1 : 0))]);
        }
        return String.join(end, lines) + end;
    }

    private static List<String> shortForms(LintReport report) {
        return report.findings().stream().map(Finding::shortForm).toList();
    }

    private static LintReport lint(String text) {
        return Linter.lint("Dockerfile", text.getBytes(UTF_8), LintCase.plainContext());
    }
}
