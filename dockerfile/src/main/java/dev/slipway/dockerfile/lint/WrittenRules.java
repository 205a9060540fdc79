package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.instruction.From;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.Maintainer;
import dev.slipway.dockerfile.parse.ParsedFile;
import dev.slipway.dockerfile.stage.Stage;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What an instruction shows by itself, also in a file that is wrong further down. */
final class WrittenRules {
    private static final Pattern AS = Pattern.compile("(?i)(?<=\\s)as(?=\\s)");

    private final Findings findings;

    WrittenRules(Findings findings) {
        this.findings = findings;
    }

    void check(ParsedFile file) {
        file.emptyContinuations().forEach(place -> findings.add(Rule.NO_EMPTY_CONTINUATION, place));
        int end = file.firstFaultyLine().orElse(Integer.MAX_VALUE);
        file.globalArgs().stream().filter(arg -> isAbove(end, arg)).forEach(this::description);
        for (Stage stage : file.stages()) {
            if (isAbove(end, stage.from())) {
                from(stage.from());
            }
            for (Instruction instruction : stage.instructions()) {
                if (isAbove(end, instruction)) {
                    other(instruction);
                }
            }
        }
    }

    private static boolean isAbove(int line, Instruction instruction) {
        return instruction.place().line() < line;
    }

    private void other(Instruction instruction) {
        if (instruction instanceof Maintainer) {
            findings.add(
                    Rule.MAINTAINER_DEPRECATED, instruction, findings.source().keyword(instruction));
        } else if (instruction instanceof Arg arg) {
            description(arg);
        }
    }

    private void from(From from) {
        if (from.alias().isEmpty()) {
            return;
        }
        String alias = from.alias().orElseThrow();
        String name = alias.toLowerCase(Locale.ROOT);
        if (!alias.equals(name)) {
            findings.add(Rule.STAGE_NAME_CASING, from, findings.source().lastWord(from, alias), alias);
        }
        fromAs(from);
        description(from, List.of(name), name);
    }

    /** A keyword of mixed case is the business of ConsistentInstructionCasing. */
    private void fromAs(From from) {
        String keyword = SourceText.firstWord(from);
        boolean lower = keyword.equals(keyword.toLowerCase(Locale.ROOT));
        boolean upper = keyword.equals(keyword.toUpperCase(Locale.ROOT));
        String[] words = from.source().strip().split("\\s+");
        String as = words[words.length - 2];
        if ((lower && !as.equals("as")) || (upper && !as.equals("AS"))) {
            findings.add(Rule.FROM_AS_CASING, from, findings.source().first(from, AS), as, keyword);
        }
    }

    private void description(Arg arg) {
        List<String> names = arg.variables().stream().map(Arg.Variable::name).toList();
        description(arg, names, names.size() == 1 ? names.getFirst() : "<arg_key>");
    }

    /** The last line of the comment above begins with the name of what it describes. */
    private void description(Instruction instruction, List<String> names, String example) {
        List<String> comments = instruction.origin().comments();
        if (comments.isEmpty() || Findings.isSetting(comments.getLast())) {
            return;
        }
        if (!names.contains(comments.getLast().split(" ", 2)[0])) {
            findings.add(
                    Rule.INVALID_DEFINITION_DESCRIPTION,
                    instruction,
                    findings.source().from(instruction.place()),
                    instruction.keyword(),
                    example);
        }
    }
}
