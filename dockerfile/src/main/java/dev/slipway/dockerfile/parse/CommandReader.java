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
                        statement.argumentsOrKeyword(),
                        "SHELL needs a JSON array with at least one string",
                        "write e.g. SHELL [\"/bin/bash\", \"-c\"]"));
        return new Shell(origin, arguments);
    }

    Run run(Origin origin, List<FilledHeredoc> heredocs) {
        Attempts attempts = new Attempts();
        Flags flags = Flags.read(statement, attempts);
        for (Word device : flags.list("device")) {
            attempts.of(() -> refuseDevice(device));
        }
        List<MountFlag> mounts = new ArrayList<>();
        for (Word word : flags.list("mount")) {
            attempts.of(() -> MountFlag.parse(word.text(), at -> placeInMount(word, at)))
                    .ifPresent(mounts::add);
        }
        Optional<Run.Network> network = attempts.of(() -> network(flags));
        Optional<Run.Security> security = attempts.of(() -> security(flags));
        Optional<RunForm> form = attempts.of(() -> form(heredocs));
        return attempts.finish(
                () -> new Run(origin, form.orElseThrow(), mounts, network.orElseThrow(), security.orElseThrow()));
    }

    private Word refuseDevice(Word device) {
        throw statement.fault(
                device,
                "--device is only in the labs channel (docker/dockerfile:1-labs), not in the stable language",
                "remove the flag; a command here gets no devices of the machine");
    }

    private String placeInMount(Word mount, int at) {
        return statement.placeInFlag(mount, "--mount=".length() + at).toString();
    }

    Healthcheck healthcheck(Origin origin) {
        Word kind = statement.words().atBlanks().stream()
                .findFirst()
                .orElseThrow(() -> statement.fault(
                        statement.keyword(), "HEALTHCHECK has no argument", "write HEALTHCHECK CMD … or NONE"));
        int kindLength = kind.text().length();
        String text = statement.rest().text().substring(kindLength);
        Word rest = new Word(Blanks.strip(text), kind.offset() + kindLength + Blanks.leading(text));
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

    private Run.Network network(Flags flags) {
        return switch (given(flags, "network", "default")) {
            case "default" -> Run.Network.DEFAULT;
            case "none" -> Run.Network.NONE;
            case "host" -> Run.Network.HOST;
            default ->
                throw statement.fault(
                        flags.list("network").getFirst(), "unknown network", "write default, none or host");
        };
    }

    /** The value as it stands, be it empty, or the default where the flag is missing. */
    private static String given(Flags flags, String name, String otherwise) {
        return flags.has(name) ? flags.list(name).getFirst().text() : otherwise;
    }

    private Run.Security security(Flags flags) {
        return switch (given(flags, "security", "sandbox")) {
            case "sandbox" -> Run.Security.SANDBOX;
            case "insecure" -> Run.Security.INSECURE;
            default ->
                throw statement.fault(
                        flags.list("security").getFirst(), "unknown security", "write sandbox or insecure");
        };
    }

    private Healthcheck noHealthcheck(Origin origin, Word rest) {
        boolean empty = rest.text().isEmpty()
                || jsonArray(statement, rest).filter(List::isEmpty).isPresent();
        if (!empty) {
            throw statement.fault(rest, "HEALTHCHECK NONE takes no arguments", "remove them");
        }
        // BuildKit does not look at the flags of NONE, not even whether it knows them.
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
        Attempts attempts = new Attempts();
        Flags flags = Flags.read(statement, attempts);
        Optional<Duration> interval = attempts.of(() -> duration(flags, "interval"));
        Optional<Duration> timeout = attempts.of(() -> duration(flags, "timeout"));
        Optional<Duration> startPeriod = attempts.of(() -> duration(flags, "start-period"));
        Optional<Duration> startInterval = attempts.of(() -> duration(flags, "start-interval"));
        Optional<Integer> retries = attempts.of(() -> retries(flags));
        Optional<CommandLine> probe = attempts.of(() -> probe(rest));
        return attempts.finish(() -> new Healthcheck(
                origin,
                probe,
                interval.orElseThrow(),
                timeout.orElseThrow(),
                startPeriod.orElseThrow(),
                startInterval.orElseThrow(),
                retries.orElseThrow()));
    }

    private CommandLine probe(Word rest) {
        CommandLine command = commandLine(rest);
        boolean empty = rest.text().isEmpty()
                || (command instanceof CommandLine.ExecForm(List<String> arguments) && arguments.isEmpty());
        if (empty) {
            Word place = rest.text().isEmpty() ? statement.keyword() : rest;
            throw statement.fault(place, "HEALTHCHECK CMD has no command", "write one behind CMD");
        }
        return command;
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
        try {
            int retries = Integer.parseInt(text);
            if (retries >= 0 && text.chars().allMatch(c -> c < 128)) {
                return retries;
            }
        } catch (NumberFormatException e) {
            // Refused below, as a negative one is.
        }
        throw statement.fault(
                word.orElseThrow(), "--retries is not a number from 0 to 2147483647", "write e.g. --retries=3");
    }
}
