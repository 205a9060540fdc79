package dev.slipway.dockerfile.parse;

import dev.slipway.dockerfile.instruction.Cmd;
import dev.slipway.dockerfile.instruction.CommandLine;
import dev.slipway.dockerfile.instruction.Entrypoint;
import dev.slipway.dockerfile.instruction.Healthcheck;
import dev.slipway.dockerfile.instruction.HeredocCommand;
import dev.slipway.dockerfile.instruction.MountFlag;
import dev.slipway.dockerfile.instruction.Origin;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.dockerfile.instruction.RunForm;
import dev.slipway.dockerfile.instruction.Shell;
import dev.slipway.dockerfile.value.GoDuration;
import dev.slipway.dockerfile.value.JsonStrings;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the instructions that hold a command: RUN, CMD, ENTRYPOINT, SHELL and HEALTHCHECK. */
final class CommandReader {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final Statement statement;
    private final Faults faults;

    CommandReader(Statement statement, Faults faults) {
        this.statement = statement;
        this.faults = faults;
    }

    Cmd cmd(Origin origin) {
        Flags.read(statement);
        return new Cmd(origin, commandLine(statement.rest()));
    }

    Entrypoint entrypoint(Origin origin) {
        Flags.read(statement);
        return new Entrypoint(origin, commandLine(statement.rest()));
    }

    Shell shell(Origin origin) {
        Flags.read(statement);
        List<String> arguments = jsonArray(statement)
                .filter(words -> !words.isEmpty())
                .orElseThrow(() -> statement.fault(
                        statement.rest(),
                        "SHELL needs a JSON array with at least one string",
                        "write e.g. SHELL [\"/bin/bash\", \"-c\"]"));
        return new Shell(origin, arguments);
    }

    Run run(Origin origin, List<FilledHeredoc> heredocs) {
        Flags flags = Flags.read(statement);
        if (!flags.list("device").isEmpty()) {
            throw statement.fault(
                    flags.list("device").getFirst(),
                    "--device is not part of the stable Dockerfile language",
                    "remove the flag");
        }
        return new Run(origin, form(heredocs), mounts(flags), network(flags), security(flags));
    }

    Healthcheck healthcheck(Origin origin) {
        Word kind = statement.words().atBlanks().stream()
                .findFirst()
                .orElseThrow(() -> statement.fault(
                        statement.keyword(), "HEALTHCHECK has no argument", "write HEALTHCHECK CMD … or NONE"));
        int kindLength = kind.text().length();
        String text = statement.rest().text().substring(kindLength);
        int blanks = text.length() - text.stripLeading().length();
        Word rest = new Word(text.strip(), kind.offset() + kindLength + blanks);
        return switch (kind.text().toUpperCase(Locale.ROOT)) {
            case "NONE" -> noHealthcheck(origin, rest);
            case "CMD" -> healthcheck(origin, rest);
            default -> throw statement.fault(kind, "unknown kind of HEALTHCHECK", "write CMD or NONE in front");
        };
    }

    /** Whether the text is in JSON form; one that holds anything but strings is, too. */
    static boolean isJsonArray(String text) {
        try {
            return JsonStrings.read(text).isPresent();
        } catch (InvalidInputException e) {
            return true;
        }
    }

    /** The strings of the JSON form; absent where it is another form. */
    static Optional<List<String>> jsonArray(Statement statement) {
        return jsonArray(statement, statement.rest());
    }

    private static Optional<List<String>> jsonArray(Statement statement, Word text) {
        try {
            return JsonStrings.read(text.text());
        } catch (InvalidInputException e) {
            throw statement.placed(e, text);
        }
    }

    private CommandLine commandLine(Word text) {
        Optional<List<String>> arguments = jsonArray(statement, text);
        if (arguments.isPresent()) {
            return new CommandLine.ExecForm(arguments.orElseThrow());
        }
        if (text.text().isEmpty()) {
            faults.warn(new Problem(
                    statement.line().place(statement.keyword().offset()).toString(),
                    statement.name() + " has no command",
                    "the shell gets an empty one",
                    ""));
        }
        return new CommandLine.ShellForm(text.text());
    }

    private RunForm form(List<FilledHeredoc> heredocs) {
        if (heredocs.isEmpty()) {
            RunForm form = commandLine(statement.rest());
            if (form instanceof CommandLine.ExecForm(List<String> arguments) && arguments.isEmpty()) {
                throw statement.fault(statement.rest(), "RUN has no program to run", "name one in the array");
            }
            return form;
        }
        FilledHeredoc first = heredocs.getFirst();
        String line = statement.rest().text();
        boolean only = heredocs.size() == 1 && first.start() == 0 && first.end() == line.length();
        return new HeredocCommand(
                line, heredocs.stream().map(FilledHeredoc::heredoc).toList(), only);
    }

    private List<MountFlag> mounts(Flags flags) {
        List<MountFlag> mounts = new ArrayList<>();
        for (Word word : flags.list("mount")) {
            try {
                mounts.add(MountFlag.parse(word.text()));
            } catch (InvalidInputException e) {
                throw statement.placed(e, word);
            }
        }
        return mounts;
    }

    private Run.Network network(Flags flags) {
        return switch (flags.text("network").orElse("default")) {
            case "default" -> Run.Network.DEFAULT;
            case "none" -> Run.Network.NONE;
            case "host" -> Run.Network.HOST;
            default ->
                throw statement.fault(
                        flags.word("network").orElseThrow(), "unknown network", "write default, none or host");
        };
    }

    private Run.Security security(Flags flags) {
        return switch (flags.text("security").orElse("sandbox")) {
            case "sandbox" -> Run.Security.SANDBOX;
            case "insecure" -> Run.Security.INSECURE;
            default ->
                throw statement.fault(
                        flags.word("security").orElseThrow(), "unknown security", "write sandbox or insecure");
        };
    }

    private Healthcheck noHealthcheck(Origin origin, Word rest) {
        Flags.read(statement);
        if (!rest.text().isEmpty()) {
            throw statement.fault(rest, "HEALTHCHECK NONE takes no arguments", "remove them");
        }
        if (!statement.flags().isEmpty()) {
            faults.warn(new Problem(
                    statement
                            .line()
                            .place(statement.flags().getFirst().offset())
                            .toString(),
                    "HEALTHCHECK NONE",
                    "its flags mean nothing",
                    "remove them"));
        }
        Duration zero = Duration.ZERO;
        return new Healthcheck(origin, Optional.empty(), zero, zero, zero, zero, 0);
    }

    private Healthcheck healthcheck(Origin origin, Word rest) {
        Flags flags = Flags.read(statement);
        CommandLine command = commandLine(rest);
        boolean empty = rest.text().isEmpty()
                || (command instanceof CommandLine.ExecForm(List<String> arguments) && arguments.isEmpty());
        if (empty) {
            throw statement.fault(rest, "HEALTHCHECK CMD has no command", "write one behind CMD");
        }
        return new Healthcheck(
                origin,
                Optional.of(command),
                duration(flags, "interval"),
                duration(flags, "timeout"),
                duration(flags, "start-period"),
                duration(flags, "start-interval"),
                retries(flags));
    }

    private Duration duration(Flags flags, String name) {
        Optional<Word> word = flags.word(name);
        if (word.isEmpty()) {
            return Duration.ZERO;
        }
        try {
            Duration duration = GoDuration.parse(word.orElseThrow().text());
            if (!duration.isZero() && duration.compareTo(SHORTEST) < 0) {
                throw statement.fault(word.orElseThrow(), "--" + name + " is shorter than 1ms", "write 1ms or more");
            }
            return duration;
        } catch (InvalidInputException e) {
            throw statement.placed(e, word.orElseThrow());
        }
    }

    private int retries(Flags flags) {
        Optional<Word> word = flags.word("retries");
        if (word.isEmpty()) {
            return 0;
        }
        String text = word.orElseThrow().text();
        if (!text.matches("\\+?[0-9]{1,9}")) {
            throw statement.fault(word.orElseThrow(), "--retries is not a number from 0", "write e.g. --retries=3");
        }
        return Integer.parseInt(text);
    }
}
