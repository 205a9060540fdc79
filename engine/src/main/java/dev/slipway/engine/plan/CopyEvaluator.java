package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Add;
import dev.slipway.dockerfile.instruction.Copy;
import dev.slipway.dockerfile.instruction.CopySource;
import dev.slipway.dockerfile.instruction.Heredoc;
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.dockerfile.source.AddedSources;
import dev.slipway.dockerfile.source.Credentials;
import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.dockerfile.value.ModeChange;
import dev.slipway.engine.plan.Operation.InlineFile;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Expands COPY and ADD. Confined to one thread. */
final class CopyEvaluator {
    private final StageNode node;
    private final Expander expander;
    private final StageScope scope;
    private final ConfigDraft config;

    CopyEvaluator(StageNode node, Expander expander, StageScope scope, ConfigDraft config) {
        this.node = node;
        this.expander = expander;
        this.scope = scope;
        this.config = config;
    }

    StageStep copy(Copy copy) {
        FileSource from = node.sources().getOrDefault(copy.place(), new FileSource.Context());
        return step(
                new Written(copy.place(), copy.source(), "COPY", copy.sources(), copy.destination()),
                from,
                copy.chown(),
                copy.chmod(),
                CopyEvaluator::local,
                new Unpacking(false, false));
    }

    StageStep add(Add add) {
        return step(
                new Written(add.place(), add.source(), "ADD", add.sources(), add.destination()),
                new FileSource.Context(),
                add.chown(),
                add.chmod(),
                named -> AddedSources.read(
                        named, add.checksum().map(raw -> expander.expand(raw, scope)), add.keepGitDir()),
                new Unpacking(add.unpack().orElse(true), add.unpack().orElse(false)));
    }

    /** COPY does not fetch, whatever a variable holds. */
    private static List<SourceReference> local(List<String> named) {
        List<SourceReference> references = AddedSources.read(named, Optional.empty(), Optional.empty());
        for (SourceReference reference : references) {
            if (reference.isRemote()) {
                throw new InvalidInputException(new Problem(
                        "", reference.display(), "COPY does not fetch", "use ADD for URLs and git repositories"));
            }
        }
        return references;
    }

    /** What COPY and ADD have in common, as written. */
    private record Written(Place place, String title, String keyword, List<CopySource> sources, String destination) {}

    /** Which archives are unpacked. */
    private record Unpacking(boolean local, boolean remote) {}

    private StageStep step(
            Written written,
            FileSource from,
            Optional<String> rawChown,
            Optional<String> rawChmod,
            Function<List<String>, List<SourceReference>> reading,
            Unpacking unpacking) {
        Optional<String> chown =
                rawChown.map(raw -> expander.expand(raw, scope)).filter(text -> !text.isEmpty());
        Optional<String> chmod =
                rawChmod.map(raw -> expander.expand(raw, scope)).filter(text -> !text.isEmpty());
        List<String> named = new ArrayList<>();
        List<InlineFile> inline = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (CopySource source : written.sources()) {
            switch (source) {
                case CopySource.Named(String raw) -> {
                    String path = expander.expand(raw, scope);
                    named.add(path);
                    shown.add(Credentials.redact(path));
                }
                case CopySource.Inline(Heredoc heredoc) -> {
                    inline.add(new InlineFile(heredoc.name(), content(heredoc)));
                    shown.add("<<" + heredoc.name());
                }
            }
        }
        String destination = expander.expand(written.destination(), scope);
        Operation.Copy operation = new Operation.Copy(
                written.place(),
                Credentials.redact(written.title()),
                from,
                reading.apply(named),
                inline,
                ImagePath.destination(config.workingDir(), destination),
                chown,
                chmod.map(ModeChange::parse),
                unpacking.local(),
                unpacking.remote(),
                List.of());
        List<String> flags = new ArrayList<>();
        chown.ifPresent(text -> flags.add("--chown=" + text));
        chmod.ifPresent(text -> flags.add("--chmod=" + text));
        return new StageStep(HistoryText.copy(written.keyword(), flags, shown, destination), Optional.of(operation));
    }

    private String content(Heredoc heredoc) {
        return heredoc.expands() ? expander.expandHeredoc(heredoc.body(), scope) : heredoc.body();
    }
}
