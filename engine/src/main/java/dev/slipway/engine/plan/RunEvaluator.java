package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.CommandLine;
import dev.slipway.dockerfile.instruction.Heredoc;
import dev.slipway.dockerfile.instruction.HeredocCommand;
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
    private final RunRules rules;

    RunEvaluator(Expander expander, StageScope scope, ConfigDraft config, RunRules rules) {
        this.expander = expander;
        this.scope = scope;
        this.config = config;
        this.rules = rules;
    }

    /** @param uses what those mounts name that have a {@code from}, in their order */
    StageStep run(Run run, List<FileSource> uses) {
        Optional<Operation.InlineFile> script = script(run.form());
        List<String> argv = script.map(file -> inShell(Operation.Run.SCRIPTS + "/" + file.name()))
                .orElseGet(() -> argv(run.form()));
        if (argv.isEmpty() || argv.getFirst().isEmpty()) {
            throw new InvalidInputException(Problem.of("RUN without a command"));
        }
        List<Problem> faults = new ArrayList<>();
        CommandMounts mounts =
                new MountEvaluator(expander, scope, config.workingDir(), rules, uses).evaluate(run, faults);
        checkAllowed(run, faults);
        if (!faults.isEmpty()) {
            throw new InvalidInputException(faults);
        }
        Operation.Run operation = new Operation.Run(
                run.place(),
                run.source(),
                argv,
                script,
                scope.commandEnv(),
                config.workingDir(),
                config.user(),
                mounts,
                run.network(),
                run.security() == Run.Security.INSECURE);
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

    /** What the Dockerfile cannot give itself. */
    private void checkAllowed(Run run, List<Problem> refused) {
        if (run.network() == Run.Network.HOST && !rules.grants().allows(Entitlement.NETWORK_HOST)) {
            refused.add(
                    refusal(
                            "--network=host",
                            Entitlement.NETWORK_HOST,
                            ", or leave --network out: commands are in this machine's network unless the build is told otherwise"));
        }
        if (run.security() == Run.Security.INSECURE && !rules.grants().allows(Entitlement.SECURITY_INSECURE)) {
            refused.add(refusal("--security=insecure", Entitlement.SECURITY_INSECURE, ""));
        }
    }

    private static Problem refusal(String flag, Entitlement entitlement, String orElse) {
        return new Problem(
                "",
                "RUN " + flag,
                "entitlement " + entitlement.word() + " is not allowed",
                "build with --allow " + entitlement.word() + " if you trust the Dockerfile" + orElse);
    }
}
