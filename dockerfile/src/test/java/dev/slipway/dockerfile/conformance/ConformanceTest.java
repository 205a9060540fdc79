package dev.slipway.dockerfile.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.dockerfile.ignore.IgnoreMatcher;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.MountFlag;
import dev.slipway.dockerfile.parse.DockerfileParser;
import dev.slipway.dockerfile.parse.ParsedFile;
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.dockerfile.shell.Variables;
import dev.slipway.dockerfile.stage.CheckSettings;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.dockerfile.value.ByteSize;
import dev.slipway.dockerfile.value.CleanPath;
import dev.slipway.dockerfile.value.CsvRecord;
import dev.slipway.dockerfile.value.ExposedPorts;
import dev.slipway.dockerfile.value.GoDuration;
import dev.slipway.dockerfile.value.JsonStrings;
import dev.slipway.dockerfile.value.ModeChange;
import dev.slipway.dockerfile.value.Signals;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the language to its rules, a row of a table each. The expected results come from the Dockerfile reference and
 * from BuildKit's frontend; the comments in the tables say which rule a group shows.
 */
class ConformanceTest {
    private static final int FEWEST_ROWS = 600;
    private static final Variables VARIABLES = Variables.of(Map.of(
            "PWD", "/home",
            "SHELL", "bash",
            "KOREAN", "한국어",
            "NULL", "",
            "SPACED", "a b",
            "HASH", "#x",
            "DOLLAR", "$0!",
            "LINES", "one\ntwo",
            "FILE", "/tmp/tmp/bar.tar.gz"));

    private static final Map<String, Function<String, String>> TABLES = tables();

    private static Map<String, Function<String, String>> tables() {
        Map<String, Function<String, String>> tables = new LinkedHashMap<>();
        tables.put("lines", ConformanceTest::file);
        tables.put("directives", ConformanceTest::directives);
        tables.put("instructions", ConformanceTest::instructions);
        tables.put("faults", ConformanceTest::instructions);
        tables.put("heredocs", ConformanceTest::instructions);
        tables.put("stages", ConformanceTest::stages);
        tables.put(
                "mounts",
                input -> MountNotation.of(
                        MountFlag.parse(input, at -> String.valueOf(at + 1)).resolve(UnaryOperator.identity())));
        tables.put("expansion", input -> Notation.quoted(new Expander('\\').expand(input, VARIABLES)));
        tables.put("expansion-backtick", input -> Notation.quoted(new Expander('`').expand(input, VARIABLES)));
        tables.put("expansion-words", input -> list(new Expander('\\').expandWords(input, VARIABLES)));
        tables.put("expansion-heredoc", input -> Notation.quoted(new Expander('`').expandHeredoc(input, VARIABLES)));
        tables.put("ignore", ConformanceTest::ignore);
        tables.put("ports", input -> String.join(" ", ExposedPorts.parse(input)));
        tables.put("durations", input -> GoDuration.parse(input).toString());
        tables.put("signals", input -> String.valueOf(Signals.number(input)));
        tables.put("sizes", input -> String.valueOf(ByteSize.parse(input)));
        tables.put("modes", ConformanceTest::mode);
        tables.put(
                "json",
                input -> JsonStrings.read(input).map(ConformanceTest::list).orElse("no array"));
        tables.put(
                "csv",
                input -> list(CsvRecord.parse(input).stream()
                        .map(CsvRecord.Field::text)
                        .toList()));
        tables.put("paths", input -> CleanPath.of(input) + " " + Notation.quoted(CleanPath.baseName(input)));
        tables.put("checks", ConformanceTest::checks);
        return tables;
    }

    static Stream<Row> rows() {
        return TABLES.keySet().stream().flatMap(table -> Row.of(table).stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void holds(Row row) {
        Function<String, String> reading = TABLES.getOrDefault(row.table(), UnaryOperator.identity());
        if (row.refusals().isEmpty()) {
            assertThat(reading.apply(row.input())).as(row.toString()).isEqualTo(row.expected());
            return;
        }
        InvalidInputException refused =
                catchThrowableOfType(InvalidInputException.class, () -> reading.apply(row.input()));
        assertThat(refused).as(row.toString()).isNotNull();
        List<String> problems =
                refused.problems().stream().map(Problem::toString).toList();
        List<List<String>> expected = row.refusals().orElseThrow();
        assertThat(problems).as(row.toString()).hasSameSizeAs(expected);
        for (int i = 0; i < problems.size(); i++) {
            String problem = problems.get(i).replaceFirst("^Dockerfile:|^\\.dockerignore:", "");
            String first = expected.get(i).getFirst();
            assertThat(problem).as(row.toString()).contains(expected.get(i));
            // A first fragment that is a number, or two, is the place.
            assertThat(!first.matches("[0-9]+(?::[0-9]+)?") || problem.startsWith(first + ":"))
                    .as("%s: %s", row, problem)
                    .isTrue();
        }
    }

    @Test
    void noRowStandsTwiceAndThereAreEnough() {
        Map<String, Row> seen = new HashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        List<String> twice = new ArrayList<>();
        rows().forEach(row -> {
            counts.merge(row.table(), 1, Integer::sum);
            Row other = seen.putIfAbsent(row.table() + " " + row.input(), row);
            if (other != null) {
                twice.add(row + " and " + other);
            }
        });
        System.out.println("conformance: " + seen.size() + " rows " + counts);
        assertThat(twice).isEmpty();
        assertThat(seen).hasSizeGreaterThanOrEqualTo(FEWEST_ROWS);
        assertThat(counts).allSatisfy((_, count) -> assertThat(count).isPositive());
    }

    @Test
    void everyTableHasRefusalsWhereTheRuleHas() {
        List<String> total = List.of("instructions", "expansion-words", "expansion-heredoc", "paths");
        for (String table : TABLES.keySet()) {
            long refusals = Row.of(table).stream()
                    .filter(row -> row.refusals().isPresent())
                    .count();
            assertThat(refusals > 0 || total.contains(table)).as(table).isTrue();
        }
    }

    private static String list(List<String> texts) {
        return texts.stream().map(Notation::quoted).collect(Collectors.joining(" ", "[", "]"));
    }

    /** The instructions of a whole file. */
    private static String file(String text) {
        Dockerfile file = DockerfileParser.parse("Dockerfile", text.getBytes(UTF_8));
        List<Instruction> instructions = new ArrayList<>(file.globalArgs());
        file.stages().forEach(stage -> {
            instructions.add(stage.from());
            instructions.addAll(stage.instructions());
        });
        return instructions.stream().map(Notation::of).collect(Collectors.joining(" ; "));
    }

    /** The instructions below a FROM; the input begins on line 2. */
    private static String instructions(String text) {
        return file("FROM scratch\n" + text).replaceFirst("^from «scratch»(?: ; )?", "");
    }

    /** The first line may name build arguments: {@code %NAME=VALUE}. */
    private static String directives(String text) {
        Map<String, String> buildArgs = new HashMap<>();
        String rest = text;
        while (rest.startsWith("%")) {
            String argument = rest.substring(1, rest.indexOf('\n'));
            buildArgs.put(argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));
            rest = rest.substring(rest.indexOf('\n') + 1);
        }
        ParsedFile file = DockerfileParser.read("Dockerfile", rest.getBytes(UTF_8), buildArgs);
        Dockerfile dockerfile = file.dockerfile();
        return "escape=" + dockerfile.directives().escape()
                + dockerfile
                        .directives()
                        .syntax()
                        .map(value -> " syntax=" + Notation.quoted(value))
                        .orElse("")
                + dockerfile
                        .directives()
                        .check()
                        .map(ConformanceTest::checks)
                        .map(settings -> " check " + settings)
                        .orElse("");
    }

    private static String checks(String text) {
        return checks(CheckSettings.parse(text));
    }

    private static String checks(CheckSettings settings) {
        return "skip=" + new TreeSet<>(settings.skipped()) + " experimental=" + new TreeSet<>(settings.experimental())
                + (settings.failing() ? " error" : "");
    }

    /** {@code FILE | question}: what FROM, COPY, a mount or a target finds in the last stage. */
    private static String stages(String text) {
        String[] parts = text.split(" \\| ", -1);
        Dockerfile file = DockerfileParser.parse("Dockerfile", parts[0].getBytes(UTF_8));
        int last = file.stages().size() - 1;
        String[] question = parts[1].split(" ", 2);
        Optional<Stage> found = switch (question[0]) {
            case "from" -> file.stageForFrom(question[1], last);
            case "copy" -> file.stageForCopy(question[1], last);
            case "mount" -> file.stageForMount(question[1], last);
            default -> file.stageForTarget(question[1]);
        };
        return found.map(stage -> stage.index() + " " + stage.label()).orElse("none");
    }

    /** {@code PATTERNS | path}. */
    private static String ignore(String text) {
        int bar = text.lastIndexOf(" | ");
        IgnoreMatcher matcher =
                IgnoreMatcher.parse(".dockerignore", text.substring(0, bar).getBytes(UTF_8));
        return matcher.ignores(text.substring(bar + 3)) ? "ignored" : "kept";
    }

    /** {@code CHANGE mode}, the mode with a d in front for a directory. */
    private static String mode(String text) {
        String[] parts = text.split(" ", 2);
        boolean isDirectory = parts[1].startsWith("d");
        int before = Integer.parseInt(isDirectory ? parts[1].substring(1) : parts[1], 8);
        return "0" + Integer.toString(ModeChange.parse(parts[0]).apply(before, isDirectory), 8);
    }
}
