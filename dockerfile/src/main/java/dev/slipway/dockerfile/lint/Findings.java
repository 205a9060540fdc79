package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.stage.CheckSettings;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects findings, without those that the file or a comment above an instruction leaves out. */
final class Findings {
    /** What follows the first blank explains why. */
    private static final Pattern SETTING = Pattern.compile("(?i)check\\s*=\\s*(\\S+).*");

    private final SourceText source;
    private final CheckSettings settings;
    private final List<Finding> findings = new ArrayList<>();
    private final NearNames nearNames = new NearNames();

    Findings(SourceText source, CheckSettings settings) {
        this.source = source;
        this.settings = settings;
    }

    NearNames nearNames() {
        return nearNames;
    }

    SourceText source() {
        return source;
    }

    /** Adds what does not belong to an instruction. */
    void add(Rule rule, Place place, Object... details) {
        if (isWanted(rule, List.of())) {
            put(rule, rule.message(details), source.from(place));
        }
    }

    /** Adds what is wrong with an instruction, unless the comments above it leave it out. */
    void add(Rule rule, Instruction instruction, Span span, Object... details) {
        if (isWanted(rule, instruction)) {
            put(rule, rule.message(details), span);
        }
    }

    /** Whether a finding of that rule at that instruction counts. */
    boolean isWanted(Rule rule, Instruction instruction) {
        return isWanted(rule, local(instruction));
    }

    private void put(Rule rule, String message, Span span) {
        findings.add(new Finding(rule, message, span, source.line(span.line())));
    }

    /** An experimental check runs where it is asked for, whatever else is skipped. */
    private boolean isWanted(Rule rule, List<CheckSettings> local) {
        String name = rule.id().toLowerCase(Locale.ROOT);
        if (!rule.isExperimental()) {
            return !settings.skips(name) && local.stream().noneMatch(here -> here.skips(name));
        }
        boolean asked = asksFor(settings, name) || local.stream().anyMatch(here -> asksFor(here, name));
        return asked && local.stream().noneMatch(here -> here.skipped().contains(name));
    }

    private static boolean asksFor(CheckSettings here, String name) {
        return here.experimental().contains("all") || here.experimental().contains(name);
    }

    /** Whether the comment is a setting and not a text. */
    static boolean isSetting(String comment) {
        return SETTING.matcher(comment).matches();
    }

    private static List<CheckSettings> local(Instruction instruction) {
        return instruction.origin().comments().stream()
                .map(SETTING::matcher)
                .filter(Matcher::matches)
                .flatMap(matcher -> parsed(matcher.group(1)).stream())
                .toList();
    }

    private static Optional<CheckSettings> parsed(String text) {
        try {
            return Optional.of(CheckSettings.parse(text));
        } catch (InvalidInputException _) {
            // A comment that only looks like a setting is a comment.
            return Optional.empty();
        }
    }

    /** In the order of the file, each once. */
    List<Finding> inOrder() {
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparingInt(
                                (Finding finding) -> finding.span().line())
                        .thenComparingInt(finding -> finding.span().column()))
                .toList();
    }
}
