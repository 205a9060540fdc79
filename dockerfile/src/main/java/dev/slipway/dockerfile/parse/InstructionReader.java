package dev.slipway.dockerfile.parse;

import dev.slipway.dockerfile.instruction.Expose;
import dev.slipway.dockerfile.instruction.From;
import dev.slipway.dockerfile.instruction.Heredoc;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.Maintainer;
import dev.slipway.dockerfile.instruction.OnBuild;
import dev.slipway.dockerfile.instruction.Origin;
import dev.slipway.dockerfile.instruction.StopSignal;
import dev.slipway.dockerfile.instruction.User;
import dev.slipway.dockerfile.instruction.Volume;
import dev.slipway.dockerfile.instruction.Workdir;
import dev.slipway.dockerfile.value.ExposedPorts;
import dev.slipway.dockerfile.value.Signals;
import dev.slipway.dockerfile.value.Spelling;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one instruction from its logical line; takes the bodies of its heredocs from the lines that follow. */
final class InstructionReader {
    private static final List<String> KEYWORDS = List.of(
            "ADD",
            "ARG",
            "CMD",
            "COPY",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "FROM",
            "HEALTHCHECK",
            "LABEL",
            "MAINTAINER",
            "ONBUILD",
            "RUN",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");
    private static final Set<String> WITH_HEREDOCS = Set.of("ADD", "COPY", "RUN");
    private static final Set<String> NEVER_TRIGGERS = Set.of("ONBUILD", "FROM", "MAINTAINER");
    private static final Pattern STAGE_NAME = Pattern.compile("[a-z][a-z0-9-_.]*");

    private final LineReader lines;
    private final Faults faults;

    InstructionReader(LineReader lines, Faults faults) {
        this.lines = lines;
        this.faults = faults;
    }

    /** @throws InvalidInputException with the faults of the instruction, each at its place */
    Instruction read(LogicalLine line) {
        return read(line, 0);
    }

    private Instruction read(LogicalLine line, int from) {
        Statement statement = Statement.split(line, from, lines.escape());
        try {
            return instruction(statement);
        } catch (InvalidInputException e) {
            throw statement.placed(e, statement.keyword());
        }
    }

    private Instruction instruction(Statement statement) {
        return switch (statement.name()) {
            case "FROM" -> from(statement);
            case "ARG" -> new PairReader(statement).arg(origin(statement));
            case "ENV" -> new PairReader(statement).env(origin(statement));
            case "LABEL" -> new PairReader(statement).label(origin(statement));
            case "RUN" -> run(statement);
            case "CMD" -> new CommandReader(statement, faults).cmd(origin(statement));
            case "ENTRYPOINT" -> new CommandReader(statement, faults).entrypoint(origin(statement));
            case "SHELL" -> new CommandReader(statement, faults).shell(origin(statement));
            case "HEALTHCHECK" -> new CommandReader(statement, faults).healthcheck(origin(statement));
            case "COPY" -> copy(statement);
            case "ADD" -> add(statement);
            case "WORKDIR" -> new Workdir(origin(statement), oneArgument(statement));
            case "USER" -> new User(origin(statement), oneArgument(statement));
            case "MAINTAINER" -> new Maintainer(origin(statement), oneArgument(statement));
            case "STOPSIGNAL" -> stopSignal(statement);
            case "VOLUME" -> volume(statement);
            case "EXPOSE" -> expose(statement);
            case "ONBUILD" -> onBuild(statement);
            default -> throw unknown(statement);
        };
    }

    private static InvalidInputException unknown(Statement statement) {
        String keyword = statement.keyword().text();
        String hint = Spelling.hint(keyword, KEYWORDS);
        String otherwise = keyword.startsWith("//")
                ? "comments begin with #"
                : "if it continues the line above, end that line with " + statement.escape();
        return statement.fault(statement.keyword(), "unknown instruction", hint.isEmpty() ? otherwise : hint);
    }

    private Origin origin(Statement statement) {
        return new Origin(
                statement.line().place(statement.keyword().offset()),
                Math.max(statement.line().lastLine(), lines.lastLine()),
                statement.line().text().substring(statement.keyword().offset()).stripTrailing(),
                statement.line().comments());
    }

    private From from(Statement statement) {
        Attempts attempts = new Attempts();
        Flags flags = Flags.read(statement, attempts);
        List<Word> words = statement.words().atBlanks();
        Optional<Optional<String>> alias = attempts.of(() -> alias(statement, words));
        return attempts.finish(() ->
                new From(origin(statement), words.getFirst().text(), flags.text("platform"), alias.orElseThrow()));
    }

    private static Optional<String> alias(Statement statement, List<Word> words) {
        if (words.size() == 1) {
            return Optional.empty();
        }
        if (words.size() != 3) {
            // Two words are an image with half an alias; of four, the last one is too many.
            Word place = words.isEmpty() ? statement.keyword() : words.get(Math.min(words.size() - 1, 3));
            throw statement.fault(place, "FROM takes one argument or three", "write FROM IMAGE or FROM IMAGE AS NAME");
        }
        if (!words.get(1).text().equalsIgnoreCase("AS")) {
            throw statement.fault(words.get(1), "the second word has to be AS", "write FROM IMAGE AS NAME");
        }
        Word name = words.get(2);
        if (!STAGE_NAME.matcher(name.text().toLowerCase(Locale.ROOT)).matches()) {
            throw statement.fault(
                    name,
                    "'" + name.text() + "' is not a stage name",
                    "begin with a letter and go on with letters, digits, '-', '_' and '.'");
        }
        return Optional.of(name.text());
    }

    private Instruction run(Statement statement) {
        List<FilledHeredoc> heredocs = heredocs(statement);
        return new CommandReader(statement, faults).run(origin(statement), heredocs);
    }

    private Instruction copy(Statement statement) {
        List<FilledHeredoc> heredocs = heredocs(statement);
        return new CopyReader(statement, heredocs).copy(origin(statement));
    }

    private Instruction add(Statement statement) {
        List<FilledHeredoc> heredocs = heredocs(statement);
        return new CopyReader(statement, heredocs).add(origin(statement));
    }

    /** Reads the bodies, in the order of the line; a JSON array has none. */
    private List<FilledHeredoc> heredocs(Statement statement) {
        if (!WITH_HEREDOCS.contains(statement.name())
                || CommandReader.isJsonArray(statement.rest().text())) {
            return List.of();
        }
        List<FilledHeredoc> filled = new ArrayList<>();
        for (HeredocScanner.Found found : new HeredocScanner(statement).scan()) {
            Heredoc heredoc = lines.body(found.heredoc())
                    .orElseThrow(() -> statement.fault(
                            new Word(
                                    statement.rest().text().substring(found.start(), found.end()),
                                    statement.rest().offset() + found.start()),
                            "the heredoc does not end",
                            "close it with a line that is nothing but "
                                    + found.heredoc().name()));
            filled.add(new FilledHeredoc(heredoc, found.start(), found.end()));
        }
        return List.copyOf(filled);
    }

    private static String oneArgument(Statement statement) {
        Flags.read(statement);
        if (statement.rest().text().isEmpty()) {
            throw statement.fault(statement.keyword(), statement.name() + " has no argument", "give it one");
        }
        return statement.rest().text();
    }

    private Instruction stopSignal(Statement statement) {
        String signal = oneArgument(statement);
        if (isLiteral(statement, signal)) {
            try {
                Signals.number(signal);
            } catch (InvalidInputException e) {
                throw statement.placed(e, statement.rest());
            }
        }
        return new StopSignal(origin(statement), signal);
    }

    private Instruction volume(Statement statement) {
        Flags.read(statement);
        List<String> paths = CommandReader.jsonArray(statement)
                .orElseGet(() -> texts(statement.words().atBlanks()));
        if (paths.isEmpty() || paths.stream().anyMatch(String::isBlank)) {
            throw statement.fault(
                    statement.argumentsOrKeyword(), "VOLUME needs paths that are not empty", "give it a path");
        }
        return new Volume(origin(statement), paths);
    }

    private Instruction expose(Statement statement) {
        Flags.read(statement);
        List<Word> words = statement.words().atBlanks();
        if (words.isEmpty()) {
            throw statement.fault(statement.keyword(), "EXPOSE has no port", "give it one, e.g. EXPOSE 8080");
        }
        Attempts attempts = new Attempts();
        for (Word word : words) {
            attempts.of(() -> checkPort(statement, word));
        }
        return attempts.finish(() ->
                new Expose(origin(statement), texts(words).stream().sorted().toList()));
    }

    private static Word checkPort(Statement statement, Word word) {
        try {
            if (isLiteral(statement, word.text())) {
                ExposedPorts.parse(word.text());
            }
        } catch (InvalidInputException e) {
            throw statement.placed(e, word);
        }
        return word;
    }

    private Instruction onBuild(Statement statement) {
        Flags.read(statement);
        if (statement.rest().text().isEmpty()) {
            throw statement.fault(statement.keyword(), "ONBUILD has no instruction", "write one behind it");
        }
        Statement inner = Statement.split(statement.line(), statement.rest().offset(), lines.escape());
        if (NEVER_TRIGGERS.contains(inner.name())) {
            throw inner.fault(inner.keyword(), inner.name() + " is not allowed as an ONBUILD trigger", "");
        }
        Instruction instruction = read(statement.line(), statement.rest().offset());
        StringBuilder trigger = new StringBuilder(statement.rest().text());
        for (Heredoc heredoc : CopyReader.heredocsOf(instruction)) {
            trigger.append('\n').append(heredoc.rawBody()).append(heredoc.name());
        }
        return new OnBuild(origin(statement), trigger.toString(), instruction);
    }

    /** What makes an instruction no trigger, though an image has it as one. */
    static Optional<Problem> faultOfTrigger(Instruction instruction) {
        if (!NEVER_TRIGGERS.contains(instruction.keyword())) {
            return Optional.empty();
        }
        String why = instruction.keyword() + " is not allowed as an ONBUILD trigger";
        return Optional.of(Problem.of("ONBUILD " + instruction.source(), why).at(instruction.place()));
    }

    private static boolean isLiteral(Statement statement, String text) {
        return text.chars().noneMatch(c -> c == '$' || c == '"' || c == '\'' || c == statement.escape());
    }

    private static List<String> texts(List<Word> words) {
        return words.stream().map(Word::text).toList();
    }
}
