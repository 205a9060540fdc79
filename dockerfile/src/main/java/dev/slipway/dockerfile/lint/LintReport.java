package dev.slipway.dockerfile.lint;

import dev.slipway.foundation.error.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What became of the checks of one file.
 *
 * @param findings in the order of the file
 * @param faults why the file is not a Dockerfile; the findings are then those above the first one
 * @param failing whether a finding fails the build ({@code error=true})
 */
public record LintReport(List<Finding> findings, List<Problem> faults, boolean failing) {
    public LintReport {
        findings = List.copyOf(findings);
        faults = List.copyOf(faults);
    }

    /** Why a build may not go on: findings that the file, or the build, wants to be errors. */
    public Optional<Problem> violation() {
        if (!failing || findings.isEmpty()) {
            return Optional.empty();
        }
        String rules = findings.stream()
                .map(finding -> finding.rule().id())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return Optional.of(Problem.of("lint violation found for rules: " + rules)
                .at(findings.getFirst().span().place())
                .remedy("mend them, or leave them out with # check=skip=" + rules.replace(", ", ",")));
    }
}
