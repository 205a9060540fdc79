package dev.slipway.cli.report;

import dev.slipway.dockerfile.lint.Finding;
import dev.slipway.dockerfile.lint.LintReport;
import dev.slipway.dockerfile.lint.Span;
import dev.slipway.engine.check.CheckedFile;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;

/** What a check has found, for people. */
public final class CheckText {
    private CheckText() {}

    /** One string a line: findings, faults, and how many there are. */
    public static List<String> of(CheckedFile checked) {
        LintReport report = checked.report();
        List<String> lines = new ArrayList<>();
        report.findings().forEach(finding -> lines.addAll(finding(finding)));
        report.faults().forEach(fault -> lines.addAll(fault(checked, fault)));
        report.violation().ifPresent(problem -> {
            lines.add("ERROR: " + Plain.text(problem.toString()));
            lines.add("");
        });
        lines.add(Plain.text(checked.file()) + ": "
                + count(report.findings().size(), "warning") + ", "
                + count(report.faults().size(), "error"));
        return lines;
    }

    private static List<String> finding(Finding finding) {
        Span span = finding.span();
        List<String> lines = new ArrayList<>();
        lines.add("WARNING: " + finding.rule() + " - " + finding.rule().url());
        lines.add(Plain.text(finding.message()));
        lines.add(Plain.text(span.place().toString()));
        lines.addAll(Excerpt.of(span.line(), finding.source(), span.column(), span.endColumn()));
        lines.add("");
        return lines;
    }

    private static List<String> fault(CheckedFile checked, Problem fault) {
        List<String> lines = new ArrayList<>();
        lines.add("ERROR: " + Plain.text(fault.toString()));
        checked.place(fault)
                .ifPresent(place -> lines.addAll(
                        Excerpt.of(place.line(), checked.line(place.line()), place.column(), place.column())));
        lines.add("");
        return lines;
    }

    private static String count(int number, String what) {
        return (number == 0 ? "no" : String.valueOf(number)) + " " + what + (number == 1 ? "" : "s");
    }
}
