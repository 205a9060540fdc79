package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.stage.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What only the file as a whole shows: names of stages, and the case of keywords. */
final class FileRules {
    private static final Set<String> RESERVED = Set.of("context", "scratch");

    private final Findings findings;

    FileRules(Findings findings) {
        this.findings = findings;
    }

    void check(Dockerfile dockerfile) {
        stageNames(dockerfile);
        keywords(dockerfile);
    }

    private void stageNames(Dockerfile dockerfile) {
        Set<String> seen = new HashSet<>();
        for (Stage stage : dockerfile.stages()) {
            if (stage.name().isEmpty()) {
                continue;
            }
            String name = stage.name().orElseThrow();
            Span span = findings.source()
                    .lastWord(stage.from(), stage.from().alias().orElse(name));
            if (RESERVED.contains(name)) {
                findings.add(Rule.RESERVED_STAGE_NAME, stage.from(), span, name);
            }
            if (!seen.add(name)) {
                findings.add(Rule.DUPLICATE_STAGE_NAME, stage.from(), span, name);
            }
        }
    }

    /** BuildKit counts the instructions of stages; global ARGs have no vote and are not judged. */
    private void keywords(Dockerfile dockerfile) {
        List<Instruction> instructions = new ArrayList<>();
        for (Stage stage : dockerfile.stages()) {
            instructions.add(stage.from());
            instructions.addAll(stage.instructions());
        }
        int balance = 0;
        for (Instruction instruction : instructions) {
            String keyword = SourceText.firstWord(instruction);
            if (keyword.equals(lower(keyword))) {
                balance--;
            } else if (keyword.equals(upper(keyword))) {
                balance++;
            }
        }
        boolean wantsLower = balance < 0;
        for (Instruction instruction : instructions) {
            String keyword = SourceText.firstWord(instruction);
            if (!keyword.equals(wantsLower ? lower(keyword) : upper(keyword))) {
                findings.add(
                        Rule.CONSISTENT_INSTRUCTION_CASING,
                        instruction,
                        findings.source().keyword(instruction),
                        keyword,
                        wantsLower ? "lowercase" : "uppercase");
            }
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
