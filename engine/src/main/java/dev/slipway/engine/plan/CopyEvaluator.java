package dev.slipway.engine.plan;

import dev.slipway.dockerfile.ignore.IgnoreMatcher;
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
import dev.slipway.engine.user.UserDatabase;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Expands COPY and ADD. Confined to one thread. */
final class CopyEvaluator {
    private final Expander expander;
    private final StageScope scope;
    private final ConfigDraft config;

    CopyEvaluator(Expander expander, StageScope scope, ConfigDraft config) {
        this.expander = expander;
        this.scope = scope;
        this.config = config;
    }

    /** @param uses what {@code --from} names, if it is there */
    StageStep copy(Copy copy, List<FileSource> uses) {
        FileSource from = uses.isEmpty() ? new FileSource.Context() : uses.getFirst();
        return step(
                new Written(copy.place(), copy.source(), "COPY", copy.sources(), copy.destination()),
                from,
                copy.chown(),
                copy.chmod(),
                CopyEvaluator::local,
                new Unpacking(false, false),
                new Flags(copy.excludes(), copy.parents(), copy.link()));
    }

    StageStep add(Add add) {
        return step(
                new Written(add.place(), add.source(), "ADD", add.sources(), add.destination()),
                new FileSource.Context(),
                add.chown(),
                add.chmod(),
                named -> AddedSources.read(
                        named, add.checksum().map(raw -> expander.expand(raw, scope)), add.keepGitDir()),
                new Unpacking(add.unpack().orElse(true), add.unpack().orElse(false)),
                new Flags(add.excludes(), false, add.link()));
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

    /** What is not expanded. */
    private record Flags(List<String> excludes, boolean parents, boolean link) {}

    private StageStep step(
            Written written,
            FileSource from,
            Optional<String> rawChown,
            Optional<String> rawChmod,
            Function<List<String>, List<SourceReference>> reading,
            Unpacking unpacking,
            Flags flags) {
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
                }
            }
        }
        inline.forEach(file -> shown.add("<<" + file.name())); // as they are copied: after what is named
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
                checked(flags.excludes()),
                flags.parents(),
                linked(flags.link(), chown, chmod));
        List<String> shownFlags = new ArrayList<>();
        if (flags.parents()) {
            shownFlags.add("--parents");
        }
        chown.ifPresent(text -> shownFlags.add("--chown=" + text));
        chmod.ifPresent(text -> shownFlags.add("--chmod=" + text));
        return new StageStep(
                HistoryText.copy(written.keyword(), shownFlags, shown, destination), Optional.of(operation));
    }

    /** Malformed patterns are refused before anything is done. */
    private static List<String> checked(List<String> excludes) {
        IgnoreMatcher.ofPatterns(excludes);
        return excludes;
    }

    /** As BuildKit has it: {@code --chmod} silently turns {@code --link} off, and with it there is nobody to look up. */
    private static boolean linked(boolean written, Optional<String> chown, Optional<String> chmod) {
        if (!written || chmod.isPresent()) {
            return false;
        }
        chown.filter(UserDatabase::namesSomebody).ifPresent(text -> {
            throw new InvalidInputException(new Problem(
                    "",
                    "--chown=" + text + ": invalid user index: -1",
                    "--link copies onto nothing, where there is no /etc/passwd to look names up in",
                    "use numbers, or leave out --link"));
        });
        return true;
    }

    private String content(Heredoc heredoc) {
        return heredoc.expands() ? expander.expandHeredoc(heredoc.body(), scope) : heredoc.body();
    }
}
