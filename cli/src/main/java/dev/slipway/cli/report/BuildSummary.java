package dev.slipway.cli.report;

import dev.slipway.engine.BuildReport;
import dev.slipway.engine.BuildReport.LayerReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The last thing a build prints: names, digest, and the layers with the instruction each comes from. */
public final class BuildSummary {
    private static final int WIDEST_INSTRUCTION = 100;

    private BuildSummary() {}

    /** One string a line. */
    public static List<String> of(BuildReport report) {
        List<String> lines = new ArrayList<>();
        report.names().forEach(name -> lines.add((report.push().isPresent() ? "pushed " : "built ") + name));
        lines.add("digest " + report.digest());
        report.push().ifPresent(receipt -> lines.add(PushSummary.sent(receipt)));
        lines.add("");
        lines.add(row("LAYER", "SIZE", "FROM", "INSTRUCTION"));
        report.layers().forEach(layer -> lines.add(row(layer)));
        return lines;
    }

    private static String row(LayerReport layer) {
        return row(
                layer.blob().shortHex(),
                Plain.size(layer.sizeBytes()),
                layer.fromBase() ? "base" : "build",
                instruction(layer.createdBy()));
    }

    private static String row(String digest, String size, String origin, String instruction) {
        return String.format(Locale.ROOT, "%-12s  %9s  %-5s  %s", digest, size, origin, instruction);
    }

    private static String instruction(String createdBy) {
        String line = Plain.text(createdBy.replace('\n', ' ').strip());
        if (line.isEmpty()) {
            return "(the base image does not say)";
        }
        return line.length() <= WIDEST_INSTRUCTION ? line : line.substring(0, WIDEST_INSTRUCTION - 1) + "…";
    }
}
