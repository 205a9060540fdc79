package dev.slipway.dockerfile.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every check, held to its rule by the tables of {@code src/test/resources/lint}. */
class LinterTest {
    private static final int LEAST_CASES = 4;

    @TestFactory
    Stream<DynamicContainer> everyRuleFindsWhatItShould() {
        return Arrays.stream(Rule.values()).map(rule -> {
            List<LintCase> cases = cases(rule.id());
            return DynamicContainer.dynamicContainer(
                    rule.id(),
                    Stream.concat(
                            Stream.of(DynamicTest.dynamicTest(
                                    "has cases of both kinds",
                                    () -> assertThat(cases)
                                            .hasSizeGreaterThanOrEqualTo(LEAST_CASES)
                                            .anyMatch(one -> one.expected().stream()
                                                    .anyMatch(line -> line.contains(rule.id() + ":")))
                                            .anyMatch(one -> one.expected().isEmpty()))),
                            cases.stream().map(LinterTest::test)));
        });
    }

    @TestFactory
    Stream<DynamicTest> settingsAndStages() {
        return cases("settings").stream().map(LinterTest::test);
    }

    private static DynamicTest test(LintCase one) {
        return DynamicTest.dynamicTest(
                one.title(),
                () -> assertThat(one.found()).as(one.dockerfile()).containsExactlyElementsOf(one.expected()));
    }

    @Test
    void findingsAboveAFaultAreKept() {
        LintReport report = report("FROM scratch AS BadStageName\nMAINTAINER me@example.org\nBADCMD\nMAINTAINER you\n");
        assertThat(report.findings())
                .extracting(Finding::shortForm)
                .containsExactly(
                        "StageNameCasing: Stage name 'BadStageName' should be lowercase (line 1)",
                        "MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label (line 2)");
        assertThat(report.faults())
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault.toString()).startsWith("Dockerfile:3:1: BADCMD: unknown instruction"));
    }

    @Test
    void findingsAreNoViolationUnlessTheFileSaysSo() {
        assertThat(report("FROM scratch as a\n").violation()).isEmpty();
        assertThat(report("# check=error=true\nFROM scratch\n").violation()).isEmpty();
        assertThat(report("# check=skip=all;error=true\nFROM scratch as a\n").violation())
                .isEmpty();
        assertThat(report("# check=error=true\nFROM scratch as B\nMAINTAINER me\n")
                        .violation())
                .hasValueSatisfying(problem -> assertThat(problem.toString())
                        .startsWith("Dockerfile:2:14: lint violation found for rules:"
                                + " FromAsCasing, MaintainerDeprecated, StageNameCasing"));
    }

    @Test
    void aMalformedSettingOfTheBuildIsAFault() {
        LintReport report = new LintCase(
                        "", List.of("build-arg BUILDKIT_DOCKERFILE_CHECK=quiet"), "FROM scratch\n", List.of())
                .report();
        assertThat(report.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString())
                        .startsWith("build argument BUILDKIT_DOCKERFILE_CHECK: check=quiet"));
    }

    @Test
    void everyRuleHasAPageAndATextOfItsOwn() {
        assertThat(Rule.values()).hasSize(22);
        assertThat(Rule.JSON_ARGS_RECOMMENDED.url())
                .isEqualTo("https://docs.docker.com/reference/build-checks/json-args-recommended/");
        assertThat(Rule.FROM_PLATFORM_FLAG_CONST_DISALLOWED.url()).endsWith("/from-platform-flag-const-disallowed/");
        assertThat(Arrays.stream(Rule.values()).map(Rule::url)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Rule.values()).map(Rule::description)).doesNotHaveDuplicates();
        for (Rule rule : Rule.values()) {
            assertThat(rule.name().replace("_", "")).isEqualToIgnoringCase(rule.id());
        }
    }

    private static LintReport report(String dockerfile) {
        return new LintCase("", List.of(), dockerfile, List.of()).report();
    }

    private static List<LintCase> cases(String name) {
        try (InputStream in = LinterTest.class.getResourceAsStream("/lint/" + name + ".txt")) {
            if (in == null) {
                throw new AssertionError("there are no cases for " + name);
            }
            return LintCase.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
