package dev.slipway.cli.report;

import dev.slipway.dockerfile.lint.Finding;
import dev.slipway.dockerfile.lint.LintReport;
import dev.slipway.engine.check.CheckedFile;
import dev.slipway.foundation.error.Problem;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a check has found, as {@code docs/schema/check.schema.json} describes it. */
public final class CheckJson {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private CheckJson() {}

    /** The whole document. */
    public static String of(CheckedFile checked) {
        LintReport report = checked.report();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", VERSION);
        root.put("file", checked.file());
        ArrayNode findings = root.putArray("findings");
        report.findings().forEach(finding -> findings.add(finding(finding)));
        ArrayNode errors = root.putArray("errors");
        report.faults().forEach(fault -> errors.add(error(checked, fault)));
        root.put("failed", !report.faults().isEmpty() || report.violation().isPresent());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static ObjectNode finding(Finding finding) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("rule", finding.rule().id());
        node.put("description", finding.rule().description());
        node.put("url", finding.rule().url());
        node.put("message", finding.message());
        node.put("line", finding.span().line());
        node.put("column", finding.span().column());
        node.put("endColumn", finding.span().endColumn());
        node.put("source", finding.source());
        return node;
    }

    private static ObjectNode error(CheckedFile checked, Problem fault) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("message", fault.at("").toString());
        checked.place(fault).ifPresent(place -> {
            node.put("line", place.line());
            if (place.column() > 0) {
                node.put("column", place.column());
            }
            node.put("source", checked.line(place.line()));
        });
        return node;
    }
}
