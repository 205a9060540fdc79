package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Add;
import dev.slipway.dockerfile.instruction.Copy;
import dev.slipway.dockerfile.instruction.CopySource;
import dev.slipway.dockerfile.instruction.Heredoc;
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.dockerfile.value.ModeChange;
import dev.slipway.engine.plan.Operation.InlineFile;
import dev.slipway.foundation.error.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
                false);
    }

    StageStep add(Add add) {
        return step(
                new Written(add.place(), add.source(), "ADD", add.sources(), add.destination()),
                new FileSource.Context(),
                add.chown(),
                add.chmod(),
                add.unpack().orElse(true));
    }

    /** What COPY and ADD have in common, as written. */
    private record Written(Place place, String title, String keyword, List<CopySource> sources, String destination) {}

    private StageStep step(
            Written written, FileSource from, Optional<String> rawChown, Optional<String> rawChmod, boolean unpack) {
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
                    shown.add(path);
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
                written.title(),
                from,
                named,
                inline,
                ImagePath.destination(config.workingDir(), destination),
                chown,
                chmod.map(ModeChange::parse),
                unpack,
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
