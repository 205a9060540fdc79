package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.CommandLine;
import dev.slipway.dockerfile.instruction.Heredoc;
import dev.slipway.dockerfile.instruction.HeredocCommand;
import dev.slipway.dockerfile.instruction.Mount;
import dev.slipway.dockerfile.instruction.MountFlag;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.dockerfile.instruction.RunForm;
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans RUN. The command itself is never expanded: that is its shell's work. Confined to one thread. */
final class RunEvaluator {
    private static final Set<String> NO_FILE_NAMES = Set.of("", ".", "..");

    private final Expander expander;
    private final StageScope scope;
    private final ConfigDraft config;

    RunEvaluator(Expander expander, StageScope scope, ConfigDraft config) {
        this.expander = expander;
        this.scope = scope;
        this.config = config;
    }

    StageStep run(Run run) {
        Optional<Operation.InlineFile> script = script(run.form());
        List<String> argv = script.map(file -> inShell(Operation.Run.SCRIPTS + "/" + file.name()))
                .orElseGet(() -> argv(run.form()));
        if (argv.isEmpty() || argv.getFirst().isEmpty()) {
            throw new InvalidInputException(Problem.of("RUN without a command"));
        }
        run.mounts().forEach(this::check);
        Operation.Run operation = new Operation.Run(
                run.place(), run.source(), argv, script, scope.commandEnv(), config.workingDir(), config.user());
        return new StageStep(HistoryText.run(scope.arguments(), argv), Optional.of(operation));
    }

    /** The argument vector of a command, the stage's shell included where the command asks for one. */
    List<String> argv(RunForm form) {
        return switch (form) {
            case CommandLine.ExecForm(List<String> arguments) -> arguments;
            case CommandLine.ShellForm(String text) -> inShell(text);
            case HeredocCommand heredocs -> inShell(heredocs.shellText());
        };
    }

    private List<String> inShell(String text) {
        List<String> argv = new ArrayList<>(config.shell());
        argv.add(text);
        return argv;
    }

    private static Optional<Operation.InlineFile> script(RunForm form) {
        if (!(form instanceof HeredocCommand heredocs) || heredocs.scriptFile().isEmpty()) {
            return Optional.empty();
        }
        Heredoc heredoc = heredocs.scriptFile().get();
        if (NO_FILE_NAMES.contains(heredoc.name()) || heredoc.name().contains("/")) {
            throw new InvalidInputException(Problem.of(
                            "'" + heredoc.name() + "' cannot be the name of a script",
                            "a heredoc that names its interpreter becomes a file, named as its delimiter")
                    .remedy("use a delimiter without slashes, e.g. EOF"));
        }
        return Optional.of(new Operation.InlineFile(heredoc.name(), heredoc.body()));
    }

    /** Reads a mount's options with the variables in force, and holds its target to what it may be. */
    private void check(MountFlag flag) {
        Mount mount = flag.resolve(raw -> expander.expand(raw, scope));
        Optional<String> target = target(mount).filter(path -> path.startsWith("/") || scope.baseIsKnown());
        if (target.map(path -> ImagePath.destination(config.workingDir(), path))
                .filter("/"::equals)
                .isPresent()) {
            throw new InvalidInputException(new Problem(
                    "",
                    "--mount=" + flag.text(),
                    "the target is the root directory",
                    "name a directory below it with target=PATH"));
        }
    }

    /** Where the mount goes, as written; absent where it has a place of its own or none. */
    private static Optional<String> target(Mount mount) {
        return switch (mount) {
            case Mount.Bind bind -> Optional.of(bind.target());
            case Mount.Cache cache -> Optional.of(cache.target());
            case Mount.Tmpfs tmpfs -> Optional.of(tmpfs.target());
            case Mount.Secret secret -> secret.target();
            case Mount.Ssh ssh -> ssh.target();
        };
    }
}
