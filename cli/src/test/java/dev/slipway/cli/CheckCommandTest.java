package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code slipway check} as a user and a program see it. The rules are tested where they are. */
class CheckCommandTest {
    private static final String ONE_FINDING = "FROM scratch as base\n";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path directory;

    private Console console = new Console(Path.of("/"), Map.of());

    @BeforeEach
    void openTheConsole() {
        console = new Console(directory, Map.of("HOME", directory.toString(), "BAD_ARG", "x"));
    }

    @Test
    void aFindingIsShownWithItsPlaceAndIsNoError() throws IOException {
        assertThat(check(ONE_FINDING)).isZero();
        assertThat(console.out()).isEqualTo("""
                        WARNING: FromAsCasing - https://docs.docker.com/reference/build-checks/from-as-casing/
                        'as' and 'FROM' keywords' casing do not match
                        Dockerfile:1:14
                           1 | FROM scratch as base
                             |              ^^

                        Dockerfile: 1 warning, no errors
                        """);
        assertThat(console.err()).isEmpty();
    }

    @Test
    void aCleanFileSaysSo() throws IOException {
        assertThat(check("FROM scratch\nCOPY a /\n")).isZero();
        assertThat(console.out()).isEqualTo("Dockerfile: no warnings, no errors\n");
    }

    @Test
    void whatIsAboveAFaultIsKeptAndTheStatusIsTwo() throws IOException {
        assertThat(check("FROM scratch as base\n  COPPY a /\nMAINTAINER me\n")).isEqualTo(2);
        assertThat(console.out())
                .contains("WARNING: FromAsCasing")
                .contains("""
                        ERROR: Dockerfile:2:3: COPPY: unknown instruction; did you mean COPY?
                           2 |   COPPY a /
                             |   ^

                        Dockerfile: 1 warning, 1 error
                        """)
                .doesNotContain("MaintainerDeprecated");
    }

    @Test
    void whatABuildWouldRefuseIsAnError() throws IOException {
        assertThat(check("FROM scratch AS one\nCOPY --from=later /a /\nFROM scratch AS later\nFROM one\n"))
                .isEqualTo(2);
        assertThat(console.out()).contains("ERROR: Dockerfile:2:1: cannot copy from stage 'later'");
    }

    @Test
    void theFileMayWantFindingsToBeErrors() throws IOException {
        assertThat(check("# check=error=true\n" + ONE_FINDING)).isEqualTo(2);
        assertThat(console.out())
                .contains("ERROR: Dockerfile:2:14: lint violation found for rules: FromAsCasing;")
                .endsWith("Dockerfile: 1 warning, no errors\n");
    }

    @Test
    void theBuildArgumentReplacesTheDirective() throws IOException {
        assertThat(check(
                        "# check=error=true\n" + ONE_FINDING,
                        "--build-arg",
                        "BUILDKIT_DOCKERFILE_CHECK=skip=FromAsCasing"))
                .isZero();
        assertThat(console.out()).isEqualTo("Dockerfile: no warnings, no errors\n");
    }

    @Test
    void theSyntaxAloneHasNoFindings() throws IOException {
        assertThat(check(ONE_FINDING, "--parse-only")).isZero();
        assertThat(console.out()).isEqualTo("Dockerfile: no warnings, no errors\n");
        assertThat(check("FROM scratch\nCOPY --from=later /a /\n", "--parse-only"))
                .isZero();
        assertThat(check("FROM\n", "--parse-only")).isEqualTo(2);
    }

    @Test
    void everyStageIsCheckedUnlessThereIsATarget() throws IOException {
        String file = "FROM scratch AS a\nENV a b\nFROM scratch AS b\n";
        assertThat(check(file)).isZero();
        assertThat(console.out()).contains("LegacyKeyValueFormat");
        openTheConsole();
        assertThat(check(file, "--target", "b")).isZero();
        assertThat(console.out()).isEqualTo("Dockerfile: no warnings, no errors\n");
    }

    @Test
    void theIgnoreFileOfTheContextCounts() throws IOException {
        Files.writeString(directory.resolve(".dockerignore"), "secret*\n");
        assertThat(check("FROM scratch\nCOPY secret.txt /\n")).isZero();
        assertThat(console.out()).contains("CopyIgnoredFile", "Dockerfile:2:6");
    }

    @Test
    void theFileIsNamedAsTheUserNamedIt() throws IOException {
        Files.createDirectories(directory.resolve("app/docker"));
        Files.writeString(directory.resolve("app/docker/Web.Dockerfile"), ONE_FINDING);
        assertThat(console.run("check", "-f", "app/docker/Web.Dockerfile", "app"))
                .isZero();
        assertThat(console.out()).contains("\napp/docker/Web.Dockerfile:1:14\n");
    }

    @Test
    void anImageThatCannotBeHadIsToldInOneLine() throws IOException {
        Files.writeString(directory.resolve("Dockerfile"), "FROM reg.example.com/app:1\nUSER $USERNAME\nENV a b\n");
        assertThat(console.run("check", "--registry-map", "reg.example.com=http://127.0.0.1:1"))
                .isZero();
        assertThat(console.err().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("nothing is known about reg.example.com/app:1, so"));
        assertThat(console.out()).contains("LegacyKeyValueFormat").doesNotContain("UndefinedVar");
    }

    @Test
    void offlineNobodyIsAsked() throws IOException {
        assertThat(check("FROM reg.example.com/app:1\nUSER $USERNAME\n", "--offline"))
                .isZero();
        assertThat(console.out()).isEqualTo("Dockerfile: no warnings, no errors\n");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void aMissingFileIsWrongInput() {
        assertThat(console.run("check")).isEqualTo(2);
        assertThat(console.err()).isEqualTo("error: Dockerfile: there is no such Dockerfile; name it with --file\n");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void jsonIsWhatItsSchemaSays() throws IOException {
        assertThat(check("FROM scratch as base\nCOPPY a /\n", "--format", "json"))
                .isEqualTo(2);
        JsonNode report = JSON.readTree(console.out());
        JsonNode schema = JSON.readTree(Files.readString(Path.of("../docs/schema/check.schema.json")));

        conforms(report, schema);
        assertThat(report.get("failed").booleanValue()).isTrue();
        JsonNode finding = report.get("findings").get(0);
        conforms(finding, schema.at("/properties/findings/items"));
        assertThat(finding.get("rule").stringValue()).isEqualTo("FromAsCasing");
        assertThat(List.of(number(finding, "line"), number(finding, "column"), number(finding, "endColumn")))
                .containsExactly(1, 14, 16);
        assertThat(finding.get("source").stringValue()).isEqualTo("FROM scratch as base");
        JsonNode error = report.get("errors").get(0);
        conforms(error, schema.at("/properties/errors/items"));
        assertThat(error.get("message").stringValue()).startsWith("COPPY: unknown instruction");
        assertThat(number(error, "line")).isEqualTo(2);
    }

    @Test
    void sarifHasRulesResultsAndRegions() throws IOException {
        Files.createDirectories(directory.resolve("a b"));
        Files.writeString(directory.resolve("a b/Dockerfile"), "# check=error=true\nFROM scratch as base\nCOPPY a /\n");
        assertThat(console.run("check", "--format", "sarif", "a b")).isEqualTo(2);
        JsonNode log = JSON.readTree(console.out());
        JsonNode run = log.get("runs").get(0);

        assertThat(log.get("version").stringValue()).isEqualTo("2.1.0");
        assertThat(run.get("columnKind").stringValue()).isEqualTo("utf16CodeUnits");
        assertThat(run.at("/tool/driver/name").stringValue()).isEqualTo("Slipway");
        Set<String> rules = new TreeSet<>();
        run.at("/tool/driver/rules").forEach(rule -> {
            rules.add(rule.get("id").stringValue());
            assertThat(rule.at("/shortDescription/text").stringValue()).isNotBlank();
        });
        assertThat(rules).hasSize(23);

        JsonNode finding = run.get("results").get(0);
        assertThat(rules).contains(finding.get("ruleId").stringValue());
        assertThat(finding.get("level").stringValue()).isEqualTo("error");
        assertThat(finding.at("/message/text").stringValue()).startsWith("'as' and 'FROM'");
        JsonNode place = finding.at("/locations/0/physicalLocation");
        assertThat(place.at("/artifactLocation/uri").stringValue()).isEqualTo("a%20b/Dockerfile");
        JsonNode region = place.get("region");
        assertThat(List.of(
                        number(region, "startLine"),
                        number(region, "startColumn"),
                        number(region, "endLine"),
                        number(region, "endColumn")))
                .containsExactly(2, 14, 2, 16);

        JsonNode fault = run.get("results").get(1);
        assertThat(fault.get("ruleId").stringValue()).isEqualTo("InvalidDockerfile");
        assertThat(fault.get("level").stringValue()).isEqualTo("error");
        assertThat(number(fault.at("/locations/0/physicalLocation/region"), "startLine"))
                .isEqualTo(3);
        assertThat(run.at("/invocations/0/executionSuccessful").booleanValue()).isFalse();
    }

    @Test
    void sarifOfAFileWithoutFindingsHasAnEmptyListOfResults() throws IOException {
        assertThat(check("FROM scratch\n", "--format", "sarif")).isZero();
        JsonNode run = JSON.readTree(console.out()).get("runs").get(0);
        assertThat(run.get("results").isArray()).isTrue();
        assertThat(run.get("results")).isEmpty();
        assertThat(run.at("/invocations/0/executionSuccessful").booleanValue()).isTrue();
    }

    private int check(String dockerfile, String... options) throws IOException {
        Files.writeString(directory.resolve("Dockerfile"), dockerfile);
        List<String> arguments = new ArrayList<>(List.of("check"));
        arguments.addAll(List.of(options));
        return console.run(arguments.toArray(String[]::new));
    }

    private static int number(JsonNode node, String name) {
        return node.get(name).intValue();
    }

    /** Every required property is there, and none that the schema does not know. */
    private static void conforms(JsonNode node, JsonNode schema) {
        Set<String> names = new TreeSet<>(node.propertyNames());
        Set<String> known = new TreeSet<>(schema.get("properties").propertyNames());
        assertThat(known).containsAll(names);
        schema.get("required").forEach(name -> assertThat(names).contains(name.stringValue()));
    }
}
