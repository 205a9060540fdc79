package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.dockerfile.shell.Expansion;
import dev.slipway.foundation.error.InvalidInputException;
import java.util.Optional;

/** Expands the words of one stage's instructions and tells of variables that nothing has defined. */
final class Words {
    private final Findings findings;
    private final Expander expander;
    private final Scope scope;

    Words(Findings findings, Expander expander, Scope scope) {
        this.findings = findings;
        this.expander = expander;
        this.scope = scope;
    }

    /** One word; absent where it cannot be expanded, or not for sure. */
    Optional<String> expand(Instruction instruction, String raw) {
        return expand(instruction, raw, Expander.Mode.WORD);
    }

    /** The body of a heredoc. */
    void expandHeredoc(Instruction instruction, String raw) {
        expand(instruction, raw, Expander.Mode.HEREDOC);
    }

    private Optional<String> expand(Instruction instruction, String raw, Expander.Mode mode) {
        Optional<Expansion> expansion = evaluate(raw, mode);
        expansion.filter(_ -> scope.isComplete()).ifPresent(found -> undefined(instruction, found));
        return expansion.filter(scope::knows).map(Expansion::text);
    }

    /** Words as EXPOSE has them, of which BuildKit does not ask whether they are defined. */
    Optional<Expansion> split(String raw) {
        return evaluate(raw, Expander.Mode.WORDS).filter(scope::knows);
    }

    private Optional<Expansion> evaluate(String raw, Expander.Mode mode) {
        try {
            return Optional.of(expander.evaluate(raw, mode, scope));
        } catch (InvalidInputException _) {
            // What cannot be expanded is a fault, and told by what plans the build.
            return Optional.empty();
        }
    }

    private void undefined(Instruction instruction, Expansion expansion) {
        for (String name : scope.undefined(expansion)) {
            String hint = findings.nearNames()
                    .near(name, scope.names())
                    .map(near -> " (did you mean $" + near + "?)")
                    .orElse("");
            findings.add(Rule.UNDEFINED_VAR, instruction, findings.source().variable(instruction, name), name, hint);
        }
    }
}
