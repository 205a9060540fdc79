package dev.slipway.dockerfile.lint;

import dev.slipway.dockerfile.ignore.IgnoreMatcher;
import dev.slipway.dockerfile.instruction.Add;
import dev.slipway.dockerfile.instruction.Copy;
import dev.slipway.dockerfile.instruction.CopySource;
import dev.slipway.dockerfile.instruction.Heredoc;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.source.LocalPath;
import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.dockerfile.value.CleanPath;
import dev.slipway.foundation.error.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The words of COPY and ADD, and what of the context they ask for in vain. */
final class CopyRules {
    private static final Set<String> EVERYTHING = Set.of("*", "**", "**/*");

    private final Findings findings;
    private final Words words;
    private final IgnoreMatcher ignored;

    CopyRules(Findings findings, Words words, IgnoreMatcher ignored) {
        this.findings = findings;
        this.words = words;
        this.ignored = ignored;
    }

    void check(Copy copy) {
        copy.chown().ifPresent(text -> words.expand(copy, text));
        copy.chmod().ifPresent(text -> words.expand(copy, text));
        sources(copy, "Copy", copy.sources(), copy.from().isEmpty());
        words.expand(copy, copy.destination());
    }

    void check(Add add) {
        add.chown().ifPresent(text -> words.expand(add, text));
        add.chmod().ifPresent(text -> words.expand(add, text));
        add.checksum().ifPresent(text -> words.expand(add, text));
        sources(add, "Add", add.sources(), true);
        words.expand(add, add.destination());
    }

    private void sources(Instruction instruction, String verb, List<CopySource> sources, boolean fromContext) {
        for (CopySource source : sources) {
            switch (source) {
                case CopySource.Named(String raw) -> {
                    Optional<String> path = words.expand(instruction, raw);
                    path.filter(text -> fromContext && isLocal(text) && isIgnored(text))
                            .ifPresent(text -> findings.add(
                                    Rule.COPY_IGNORED_FILE,
                                    instruction,
                                    findings.source().word(instruction, raw),
                                    verb,
                                    text));
                }
                case CopySource.Inline(Heredoc heredoc) -> {
                    if (heredoc.expands()) {
                        words.expandHeredoc(instruction, heredoc.body());
                    }
                }
            }
        }
    }

    private static boolean isLocal(String source) {
        try {
            return SourceReference.parse(source) instanceof LocalPath;
        } catch (InvalidInputException _) {
            return false;
        }
    }

    /** Exceptions make the file too subtle to be sure; of the root, only a rule for everything is. */
    private boolean isIgnored(String source) {
        if (ignored.hasExceptions()) {
            return false;
        }
        String path = CleanPath.of("/" + source).substring(1);
        return path.isEmpty() ? ignored.patterns().stream().anyMatch(EVERYTHING::contains) : ignored.ignores(path);
    }
}
