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
import dev.slipway.dockerfile.instruction.MountFlag;
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
import java.util.Locale;
import java.util.Optional;

/** Writes instructions as the tables do: every text between « and », what is missing or default left out. */
final class Notation {
    private final List<String> words = new ArrayList<>();

    private Notation(Instruction instruction) {
        words.add(instruction.keyword().toLowerCase(Locale.ROOT));
    }

    static String of(Instruction instruction) {
        Notation notation = new Notation(instruction);
        switch (instruction) {
            case From from -> notation.from(from);
            case Arg arg -> notation.arg(arg);
            case Env env -> notation.pairs(env.pairs(), env.legacy());
            case Label label -> notation.pairs(label.pairs(), label.legacy());
            case Run run -> notation.run(run);
            case Cmd cmd -> notation.form(cmd.command());
            case Entrypoint entrypoint -> notation.form(entrypoint.command());
            case Copy copy -> notation.copy(copy);
            case Add add -> notation.add(add);
            case Workdir workdir -> notation.texts(List.of(workdir.path()));
            case User user -> notation.texts(List.of(user.user()));
            case Maintainer maintainer -> notation.texts(List.of(maintainer.author()));
            case StopSignal signal -> notation.texts(List.of(signal.signal()));
            case Volume volume -> notation.texts(volume.paths());
            case Expose expose -> notation.texts(expose.ports());
            case Shell shell -> notation.form(new CommandLine.ExecForm(shell.arguments()));
            case Healthcheck check -> notation.healthcheck(check);
            case OnBuild onBuild ->
                notation.words.add(quoted(onBuild.trigger()) + " (" + of(onBuild.instruction()) + ")");
        }
        return String.join(" ", notation.words);
    }

    static String quoted(String text) {
        return "«" + Row.pictured(text) + "»";
    }

    private void from(From from) {
        text("platform", from.platform());
        texts(List.of(from.image()));
        text("as", from.alias());
    }

    private void arg(Arg arg) {
        for (Arg.Variable variable : arg.variables()) {
            words.add(quoted(variable.name())
                    + variable.defaultValue().map(value -> "=" + quoted(value)).orElse(""));
        }
    }

    private void pairs(List<KeyValue> pairs, boolean legacy) {
        flag("legacy", legacy);
        pairs.forEach(pair -> words.add(quoted(pair.key()) + "=" + quoted(pair.value())));
    }

    private void run(Run run) {
        run.mounts().stream().map(MountFlag::text).forEach(mount -> text("mount", Optional.of(mount)));
        flag("network=" + run.network().name().toLowerCase(Locale.ROOT), run.network() != Run.Network.DEFAULT);
        flag("insecure", run.security() == Run.Security.INSECURE);
        form(run.form());
    }

    private void form(RunForm form) {
        switch (form) {
            case CommandLine.ShellForm(String text) -> words.add(quoted(text));
            case CommandLine.ExecForm(List<String> arguments) ->
                words.add(arguments.stream().map(Notation::quoted).toList().toString());
            case HeredocCommand command -> {
                flag("only", command.only());
                flag("script", command.scriptFile().isPresent());
                words.add(quoted(command.line()));
                command.heredocs().forEach(this::heredoc);
            }
        }
    }

    private void heredoc(Heredoc heredoc) {
        words.add((heredoc.descriptor() == 0 ? "" : heredoc.descriptor()) + "<<"
                + (heredoc.stripsTabs() ? "-" : "") + heredoc.name() + (heredoc.expands() ? "" : " raw")
                + quoted(heredoc.body()));
    }

    private void copy(Copy copy) {
        text("from", copy.from());
        text("chown", copy.chown());
        text("chmod", copy.chmod());
        flag("link", copy.link());
        flag("parents", copy.parents());
        copy.excludes().forEach(pattern -> text("exclude", Optional.of(pattern)));
        sources(copy.sources(), copy.destination());
    }

    private void add(Add add) {
        text("chown", add.chown());
        text("chmod", add.chmod());
        flag("link", add.link());
        add.excludes().forEach(pattern -> text("exclude", Optional.of(pattern)));
        text("checksum", add.checksum());
        add.keepGitDir().ifPresent(keep -> words.add("keep-git-dir=" + keep));
        add.unpack().ifPresent(unpack -> words.add("unpack=" + unpack));
        sources(add.sources(), add.destination());
    }

    private void sources(List<CopySource> sources, String destination) {
        for (CopySource source : sources) {
            switch (source) {
                case CopySource.Named(String text) -> words.add(quoted(text));
                case CopySource.Inline(Heredoc heredoc) -> heredoc(heredoc);
            }
        }
        words.add("-> " + quoted(destination));
    }

    private void healthcheck(Healthcheck check) {
        duration("interval", check.interval());
        duration("timeout", check.timeout());
        duration("start-period", check.startPeriod());
        duration("start-interval", check.startInterval());
        flag("retries=" + check.retries(), check.retries() != 0);
        check.probe().ifPresentOrElse(this::form, () -> words.add("none"));
    }

    private void duration(String name, Duration duration) {
        flag(name + "=" + duration, !duration.isZero());
    }

    private void text(String name, Optional<String> value) {
        value.ifPresent(text -> words.add(name + "=" + quoted(text)));
    }

    private void flag(String name, boolean given) {
        if (given) {
            words.add(name);
        }
    }

    private void texts(List<String> texts) {
        texts.forEach(text -> words.add(quoted(text)));
    }
}
