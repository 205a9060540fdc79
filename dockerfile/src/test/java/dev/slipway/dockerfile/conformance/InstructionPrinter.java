package dev.slipway.dockerfile.conformance;

import dev.slipway.dockerfile.instruction.Add;
import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.instruction.Cmd;
import dev.slipway.dockerfile.instruction.CommandLine;
import dev.slipway.dockerfile.instruction.Copy;
import dev.slipway.dockerfile.instruction.CopySource;
import dev.slipway.dockerfile.instruction.Entrypoint;
import dev.slipway.dockerfile.instruction.Env;
import dev.slipway.dockerfile.instruction.Expose;
import dev.slipway.dockerfile.instruction.From;
import dev.slipway.dockerfile.instruction.Healthcheck;
import dev.slipway.dockerfile.instruction.Heredoc;
import dev.slipway.dockerfile.instruction.HeredocCommand;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.KeyValue;
import dev.slipway.dockerfile.instruction.Label;
import dev.slipway.dockerfile.instruction.Maintainer;
import dev.slipway.dockerfile.instruction.OnBuild;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.dockerfile.instruction.RunForm;
import dev.slipway.dockerfile.instruction.Shell;
import dev.slipway.dockerfile.instruction.StopSignal;
import dev.slipway.dockerfile.instruction.User;
import dev.slipway.dockerfile.instruction.Volume;
import dev.slipway.dockerfile.instruction.Workdir;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes an instruction as a Dockerfile has it, with the bodies of its heredocs below. */
final class InstructionPrinter {
    private final char escape;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder bodies = new StringBuilder();

    private InstructionPrinter(char escape) {
        this.escape = escape;
    }

    static String print(Instruction instruction, char escape) {
        InstructionPrinter printer = new InstructionPrinter(escape);
        printer.instruction(instruction);
        return printer.line + "\n" + printer.bodies;
    }

    private void instruction(Instruction instruction) {
        line.append(instruction.keyword());
        switch (instruction) {
            case From from -> {
                flag("platform", from.platform());
                word(from.image());
                from.alias().ifPresent(name -> word("AS " + name));
            }
            case Arg arg ->
                arg.variables()
                        .forEach(variable -> word(variable.name()
                                + variable.defaultValue()
                                        .map(value -> "=" + value)
                                        .orElse("")));
            case Env env -> pairs(env.pairs(), env.legacy());
            case Label label -> pairs(label.pairs(), label.legacy());
            case Run run -> run(run);
            case Cmd cmd -> form(cmd.command());
            case Entrypoint entrypoint -> form(entrypoint.command());
            case Copy copy -> copy(copy);
            case Add add -> add(add);
            case Workdir workdir -> word(workdir.path());
            case User user -> word(user.user());
            case Maintainer maintainer -> word(maintainer.author());
            case StopSignal signal -> word(signal.signal());
            case Volume volume -> word(json(volume.paths()));
            case Expose expose -> expose.ports().forEach(this::word);
            case Shell shell -> word(json(shell.arguments()));
            case Healthcheck check -> healthcheck(check);
            case OnBuild onBuild -> {
                line.append(' ');
                instruction(onBuild.instruction());
            }
        }
    }

    private void pairs(List<KeyValue> pairs, boolean legacy) {
        pairs.forEach(pair -> word(pair.key() + (legacy ? "  " : "=") + pair.value()));
    }

    private void run(Run run) {
        run.mounts().forEach(mount -> flag("mount", Optional.of(mount.text())));
        if (run.network() == Run.Network.NONE) {
            flag("network", Optional.of("none"));
        }
        if (run.security() == Run.Security.INSECURE) {
            flag("security", Optional.of("insecure"));
        }
        form(run.form());
    }

    private void form(RunForm form) {
        switch (form) {
            case CommandLine.ShellForm(String text) -> word((text.startsWith("--") ? "-- " : "") + text);
            case CommandLine.ExecForm(List<String> arguments) -> word(json(arguments));
            case HeredocCommand command -> {
                word(command.line());
                command.heredocs().forEach(this::body);
            }
        }
    }

    private void copy(Copy copy) {
        flag("from", copy.from());
        flag("chown", copy.chown());
        flag("chmod", copy.chmod());
        truth("link", copy.link());
        truth("parents", copy.parents());
        copy.excludes().forEach(pattern -> flag("exclude", Optional.of(pattern)));
        sources(copy.sources(), copy.destination());
    }

    private void add(Add add) {
        flag("chown", add.chown());
        flag("chmod", add.chmod());
        truth("link", add.link());
        add.excludes().forEach(pattern -> flag("exclude", Optional.of(pattern)));
        flag("checksum", add.checksum());
        flag("keep-git-dir", add.keepGitDir().map(String::valueOf));
        flag("unpack", add.unpack().map(String::valueOf));
        sources(add.sources(), add.destination());
    }

    /** The JSON form, unless there are heredocs, which it does not have. */
    private void sources(List<CopySource> sources, String destination) {
        List<String> names = new ArrayList<>();
        for (CopySource source : sources) {
            switch (source) {
                case CopySource.Named(String text) -> names.add(text);
                case CopySource.Inline(Heredoc heredoc) -> {
                    names.add(opening(heredoc));
                    body(heredoc);
                }
            }
        }
        names.add(destination);
        word(bodies.isEmpty() ? json(names) : String.join(" ", names));
    }

    static String opening(Heredoc heredoc) {
        String quote = heredoc.expands() ? "" : "'";
        return (heredoc.descriptor() == 0 ? "" : heredoc.descriptor())
                + (heredoc.stripsTabs() ? "<<-" : "<<")
                + quote
                + heredoc.name()
                + quote;
    }

    private void body(Heredoc heredoc) {
        bodies.append(heredoc.rawBody()).append(heredoc.name()).append('\n');
    }

    private void healthcheck(Healthcheck check) {
        duration("interval", check.interval());
        duration("timeout", check.timeout());
        duration("start-period", check.startPeriod());
        duration("start-interval", check.startInterval());
        if (check.retries() != 0) {
            flag("retries", Optional.of(String.valueOf(check.retries())));
        }
        word(check.probe().isPresent() ? "CMD" : "NONE");
        check.probe().ifPresent(this::form);
    }

    private void duration(String name, Duration duration) {
        if (!duration.isZero()) {
            flag(name, Optional.of(duration.toNanos() + "ns"));
        }
    }

    private void truth(String name, boolean given) {
        if (given) {
            word("--" + name);
        }
    }

    /** Escapes what would end the flag or vanish from it. */
    private void flag(String name, Optional<String> value) {
        value.ifPresent(text -> word("--" + name + "="
                + text.chars()
                        .mapToObj(c -> (Character.isSpaceChar(c) || c == '\t' || c == '"' || c == '\'' || c == escape
                                        ? String.valueOf(escape)
                                        : "")
                                + (char) c)
                        .collect(Collectors.joining())));
    }

    private void word(String text) {
        line.append(' ').append(text);
    }

    static String json(List<String> texts) {
        return texts.stream()
                .map(text ->
                        "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
