package dev.slipway.cli.report;

import dev.slipway.dockerfile.lint.Finding;
import dev.slipway.dockerfile.lint.LintReport;
import dev.slipway.dockerfile.lint.Rule;
import dev.slipway.dockerfile.lint.Span;
import dev.slipway.engine.check.CheckedFile;
import dev.slipway.foundation.error.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a check has found, for code hosts and editors.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class CheckSarif {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String FAULT = "InvalidDockerfile";
    private static final JsonMapper JSON = new JsonMapper();

    private CheckSarif() {}

    /** Where a file is, seen from where the command was started: a host joins that to the root of the sources. */
    public static String uri(Path file, Path directory) {
        if (!file.startsWith(directory)) {
            return file.toUri().toString();
        }
        String path = directory.relativize(file).toString();
        try {
            return new URI(null, null, "/" + path, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a path makes a URI", e);
        }
    }

    /**
     * The whole document.
     *
     * @param uri of the file
     * @param version of this program
     */
    public static String of(CheckedFile checked, String uri, String version) {
        LintReport report = checked.report();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$schema", SCHEMA);
        root.put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "Slipway");
        driver.put("version", version);
        rules(driver.putArray("rules"));
        run.put("columnKind", "utf16CodeUnits");
        run.putArray("invocations")
                .addObject()
                .put("executionSuccessful", report.faults().isEmpty());
        ArrayNode results = run.putArray("results");
        String level = report.failing() ? "error" : "warning";
        report.findings().forEach(finding -> finding(results.addObject(), finding, level, uri));
        report.faults().forEach(fault -> fault(results.addObject(), checked, fault, uri));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void rules(ArrayNode rules) {
        for (Rule rule : Rule.values()) {
            ObjectNode node = rules.addObject();
            node.put("id", rule.id());
            node.putObject("shortDescription").put("text", rule.description());
            node.put("helpUri", rule.url());
            node.putObject("defaultConfiguration").put("level", "warning").put("enabled", !rule.isExperimental());
        }
        ObjectNode fault = rules.addObject();
        fault.put("id", FAULT);
        fault.putObject("shortDescription").put("text", "The file cannot be built");
        fault.putObject("defaultConfiguration").put("level", "error");
    }

    private static void finding(ObjectNode result, Finding finding, String level, String uri) {
        Span span = finding.span();
        head(result, finding.rule().id(), level, finding.message());
        region(result, uri, span.line())
                .put("startColumn", span.column())
                .put("endLine", span.line())
                .put("endColumn", span.endColumn());
    }

    private static void fault(ObjectNode result, CheckedFile checked, Problem fault, String uri) {
        head(result, FAULT, "error", fault.at("").toString());
        checked.place(fault)
                .ifPresentOrElse(
                        place -> {
                            ObjectNode region = region(result, uri, place.line());
                            if (place.column() > 0) {
                                region.put("startColumn", place.column());
                            }
                        },
                        () -> location(result, uri));
    }

    private static void head(ObjectNode result, String rule, String level, String message) {
        result.put("ruleId", rule);
        result.put("level", level);
        result.putObject("message").put("text", message);
    }

    private static ObjectNode region(ObjectNode result, String uri, int line) {
        return location(result, uri).putObject("region").put("startLine", line);
    }

    private static ObjectNode location(ObjectNode result, String uri) {
        ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", uri);
        return place;
    }
}
