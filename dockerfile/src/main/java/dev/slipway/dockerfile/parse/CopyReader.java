package dev.slipway.dockerfile.parse;

import dev.slipway.dockerfile.ignore.IgnoreMatcher;
import dev.slipway.dockerfile.instruction.Add;
import dev.slipway.dockerfile.instruction.Copy;
import dev.slipway.dockerfile.instruction.CopySource;
import dev.slipway.dockerfile.instruction.Heredoc;
import dev.slipway.dockerfile.instruction.HeredocCommand;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.Origin;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.dockerfile.source.AddedSources;
import dev.slipway.dockerfile.source.LocalPath;
import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.dockerfile.value.ModeChange;
import dev.slipway.foundation.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads COPY and ADD. */
final class CopyReader {
    private final Statement statement;
    private final List<FilledHeredoc> heredocs;

    CopyReader(Statement statement, List<FilledHeredoc> heredocs) {
        this.statement = statement;
        this.heredocs = heredocs;
    }

    Copy copy(Origin origin) {
        Attempts attempts = new Attempts();
        Flags flags = Flags.read(statement, attempts);
        attempts.of(() -> checkFrom(flags));
        attempts.of(() -> chmod(flags));
        List<String> excludes = excludes(flags, attempts);
        List<Item> items = attempts.of(this::items).orElse(List.of());
        for (Item item : sourcesOf(items)) {
            attempts.of(() -> checkLocal(item));
        }
        return attempts.finish(() -> new Copy(
                origin,
                flags.text("from"),
                flags.text("chown"),
                flags.text("chmod"),
                flags.truth("link").orElse(false),
                flags.truth("parents").orElse(false),
                excludes,
                sourcesOf(items).stream().map(Item::source).toList(),
                destination(items)));
    }

    private Item checkLocal(Item item) {
        if (item.isLiteral() && reference(item).isRemote()) {
            throw statement.fault(item.word, "COPY does not fetch", "use ADD for URLs and git repositories");
        }
        return item;
    }

    Add add(Origin origin) {
        Attempts attempts = new Attempts();
        Flags flags = Flags.read(statement, attempts);
        attempts.of(() -> chmod(flags));
        List<String> excludes = excludes(flags, attempts);
        List<Item> items = attempts.of(this::items).orElse(List.of());
        attempts.of(() -> checkSources(sourcesOf(items), flags));
        return attempts.finish(() -> new Add(
                origin,
                flags.text("chown"),
                flags.text("chmod"),
                flags.truth("link").orElse(false),
                excludes,
                flags.text("checksum"),
                flags.truth("keep-git-dir"),
                flags.truth("unpack"),
                sourcesOf(items).stream().map(Item::source).toList(),
                destination(items)));
    }

    /** The heredocs of an instruction, in the order of its line. */
    static List<Heredoc> heredocsOf(Instruction instruction) {
        return switch (instruction) {
            case Copy copy -> inline(copy.sources());
            case Add add -> inline(add.sources());
            case Run run when run.form() instanceof HeredocCommand command -> command.heredocs();
            default -> List.of();
        };
    }

    private static List<Heredoc> inline(List<CopySource> sources) {
        List<Heredoc> heredocs = new ArrayList<>();
        for (CopySource source : sources) {
            if (source instanceof CopySource.Inline(Heredoc heredoc)) {
                heredocs.add(heredoc);
            }
        }
        return heredocs;
    }

    /** What is wrong with sources that hold no variable is known before anything else is. */
    private List<Item> checkSources(List<Item> items, Flags flags) {
        if (items.isEmpty()) {
            return items;
        }
        Attempts attempts = new Attempts();
        items.forEach(item -> attempts.of(() -> reference(item)));
        return attempts.finish(() -> checkTogether(items, flags));
    }

    private List<Item> checkTogether(List<Item> items, Flags flags) {
        Optional<Word> checksum = flags.word("checksum");
        if (items.stream().allMatch(Item::isLiteral)
                && checksum.filter(word -> !Item.isLiteral(word.text())).isEmpty()) {
            try {
                AddedSources.read(texts(items), checksum.map(Word::text), flags.truth("keep-git-dir"));
            } catch (InvalidInputException e) {
                throw statement.placed(e, checksum.orElse(statement.rest()));
            }
        }
        return items;
    }

    private SourceReference reference(Item item) {
        if (!item.isLiteral() || !(item.source instanceof CopySource.Named(String text))) {
            return new LocalPath("");
        }
        try {
            return SourceReference.parse(text);
        } catch (InvalidInputException e) {
            throw statement.placed(e, item.word);
        }
    }

    private static List<String> texts(List<Item> items) {
        List<String> texts = new ArrayList<>();
        for (Item item : items) {
            if (item.source instanceof CopySource.Named(String text)) {
                texts.add(text);
            }
        }
        return texts;
    }

    private Flags checkFrom(Flags flags) {
        Optional<Word> from = flags.word("from");
        if (from.filter(word -> word.text().contains("$")).isPresent()) {
            throw statement.fault(
                    from.orElseThrow(),
                    "variables are not expanded in --from",
                    "give the image a stage of its own (FROM $IMAGE AS name) and copy from that");
        }
        return flags;
    }

    private Flags chmod(Flags flags) {
        Optional<Word> mode = flags.word("chmod");
        if (mode.isPresent() && Item.isLiteral(mode.orElseThrow().text())) {
            try {
                ModeChange.parse(mode.orElseThrow().text());
            } catch (InvalidInputException e) {
                throw statement.placed(e, mode.orElseThrow());
            }
        }
        return flags;
    }

    private List<String> excludes(Flags flags, Attempts attempts) {
        List<String> patterns = new ArrayList<>();
        for (Word word : flags.list("exclude")) {
            attempts.of(() -> exclude(word)).ifPresent(patterns::add);
        }
        return patterns;
    }

    private String exclude(Word word) {
        try {
            IgnoreMatcher.ofPatterns(List.of(word.text()));
        } catch (InvalidInputException e) {
            throw statement.placed(e, word);
        }
        return word.text();
    }

    /** Sources and destination in the order of the line. */
    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        Optional<List<String>> json = heredocs.isEmpty() ? CommandReader.jsonArray(statement) : Optional.empty();
        if (json.isPresent()) {
            json.orElseThrow().forEach(text -> items.add(new Item(new CopySource.Named(text), statement.rest())));
        } else {
            words(items);
        }
        if (items.size() < 2) {
            throw statement.fault(
                    statement.argumentsOrKeyword(),
                    statement.name() + " needs a source and a destination",
                    "write " + statement.name() + " SOURCE DESTINATION");
        }
        if (items.getLast().source() instanceof CopySource.Inline) {
            throw statement.fault(
                    items.getLast().word(), "a heredoc cannot be the destination", "write the destination last");
        }
        return items;
    }

    private void words(List<Item> items) {
        int at = 0;
        for (FilledHeredoc filled : heredocs) {
            paths(at, filled.start(), items);
            String text = statement.rest().text().substring(filled.start(), filled.end());
            items.add(new Item(
                    new CopySource.Inline(filled.heredoc()),
                    new Word(text, statement.rest().offset() + filled.start())));
            at = filled.end();
        }
        paths(at, statement.rest().text().length(), items);
    }

    private void paths(int start, int end, List<Item> items) {
        Word part = new Word(
                statement.rest().text().substring(start, end), statement.rest().offset() + start);
        for (Word word : new WordSplitter(part, statement.escape()).atBlanks()) {
            items.add(new Item(new CopySource.Named(word.text()), word));
        }
    }

    /** All items but the destination. */
    private static List<Item> sourcesOf(List<Item> items) {
        return items.subList(0, Math.max(items.size() - 1, 0));
    }

    private static String destination(List<Item> items) {
        return items.getLast().source() instanceof CopySource.Named(String text) ? text : "";
    }

    /** One argument. */
    private record Item(CopySource source, Word word) {
        private static final Pattern EXPANDED = Pattern.compile("[$\"'`\\\\]");

        /** Whether expansion leaves it as it is; a heredoc is no source that needs one. */
        boolean isLiteral() {
            return !(source instanceof CopySource.Named(String text)) || isLiteral(text);
        }

        static boolean isLiteral(String text) {
            return !EXPANDED.matcher(text).find();
        }
    }
}
