package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Add;
import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.instruction.Cmd;
import dev.slipway.dockerfile.instruction.CommandLine;
import dev.slipway.dockerfile.instruction.Copy;
import dev.slipway.dockerfile.instruction.Entrypoint;
import dev.slipway.dockerfile.instruction.Env;
import dev.slipway.dockerfile.instruction.Expose;
import dev.slipway.dockerfile.instruction.From;
import dev.slipway.dockerfile.instruction.Healthcheck;
import dev.slipway.dockerfile.instruction.KeyValue;
import dev.slipway.dockerfile.instruction.Label;
import dev.slipway.dockerfile.instruction.Maintainer;
import dev.slipway.dockerfile.instruction.OnBuild;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.dockerfile.instruction.Shell;
import dev.slipway.dockerfile.instruction.StopSignal;
import dev.slipway.dockerfile.instruction.User;
import dev.slipway.dockerfile.instruction.Volume;
import dev.slipway.dockerfile.instruction.Workdir;
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.dockerfile.value.ExposedPorts;
import dev.slipway.dockerfile.value.Signals;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies the instructions of one stage in turn: expansion, configuration, history, and what has to be done. Confined to
 * one thread.
 */
final class StageEvaluator {
    private final StageNode node;
    private final Expander expander;
    private final ConfigDraft config;
    private final StageScope scope;
    private final PlanRules rules;
    private final CopyEvaluator copies;
    private final RunEvaluator runs;
    private final List<StageStep> steps = new ArrayList<>();

    StageEvaluator(StageNode node, ConfigDraft config, StageScope scope, PlanRules rules) {
        this.node = node;
        this.expander = rules.expander();
        this.config = config;
        this.scope = scope;
        this.rules = rules;
        this.copies = new CopyEvaluator(expander, scope, config);
        this.runs = new RunEvaluator(expander, scope, config, rules.commands());
    }

    /** The evaluator of a stage that stands on this one, whose instructions have all been applied. */
    StageEvaluator child(StageNode childNode) {
        return new StageEvaluator(childNode, config.child(), scope.child(), rules);
    }

    void evaluate() {
        for (StageInstruction instruction : node.instructions()) {
            rules.faults().at(instruction.instruction(), () -> steps.addAll(apply(instruction)));
        }
    }

    StagePlan plan() {
        return new StagePlan(node.index(), node.label(), node.base(), node.platform(), steps);
    }

    ConfigDraft config() {
        return config;
    }

    private List<StageStep> apply(StageInstruction resolved) {
        return switch (resolved.instruction()) {
            case Run run -> List.of(runs.run(run, resolved.uses()));
            case Copy copy -> List.of(copies.copy(copy, resolved.uses()));
            case Add add -> List.of(copies.add(add));
            case Workdir workdir -> workdir(workdir);
            case Arg arg -> note(arg(arg));
            case Env env -> note(env(env));
            case Label label -> note(label(label));
            case Cmd cmd -> note(cmd(cmd));
            case Entrypoint entrypoint -> note(entrypoint(entrypoint));
            case Expose expose -> note(expose(expose));
            case Volume volume -> note(volume(volume));
            case User user -> note(user(user));
            case StopSignal signal -> note(stopSignal(signal));
            case Shell shell -> note(shell(shell));
            case Healthcheck check -> note(healthcheck(check));
            case Maintainer maintainer -> note(maintainer(maintainer));
            case OnBuild onBuild -> {
                config.onBuild(onBuild.trigger());
                yield List.of();
            }
            case From _ -> throw new IllegalStateException("FROM begins a stage");
        };
    }

    private static List<StageStep> note(String createdBy) {
        return List.of(new StageStep(createdBy, Optional.empty()));
    }

    private String expand(String raw) {
        return expander.expand(raw, scope);
    }

    /** Absolute paths stay as written; only the root itself, spelled so, needs no directory. */
    private List<StageStep> workdir(Workdir workdir) {
        String path = expand(workdir.path());
        String resolved = path.isEmpty() ? config.workingDir() : ImagePath.resolve(config.workingDir(), path);
        config.workingDir(resolved);
        String createdBy = "WORKDIR " + resolved;
        if (resolved.equals("/")) {
            return note(createdBy);
        }
        return List.of(new StageStep(
                createdBy,
                Optional.of(new Operation.MakeDirectory(
                        workdir.place(), workdir.source(), ImagePath.clean(resolved), config.user(), rules.epoch()))));
    }

    /** Each name of one ARG sees those before it. */
    private String arg(Arg arg) {
        StringBuilder text = new StringBuilder("ARG");
        for (Arg.Variable variable : arg.variables()) {
            text.append(' ').append(variable.name());
            declared(variable).ifPresent(value -> text.append('=').append(value));
        }
        return text.toString();
    }

    private Optional<String> declared(Arg.Variable variable) {
        try {
            Optional<String> fallback = scope.isGiven(variable.name())
                    ? Optional.empty()
                    : variable.defaultValue().map(this::expand);
            return scope.arg(variable.name(), fallback);
        } catch (UnknownValueException _) {
            scope.forget(variable.name());
            return Optional.empty();
        } catch (InvalidInputException e) {
            scope.forget(variable.name());
            throw e;
        }
    }

    private String env(Env env) {
        List<KeyValue> pairs;
        try {
            pairs = pairs(env.pairs(), true);
        } catch (InvalidInputException e) {
            env.pairs().forEach(pair -> scope.forget(pair.key()));
            throw e;
        }
        for (KeyValue pair : pairs) {
            config.env(pair.key(), pair.value());
            scope.env(pair.key(), pair.value());
        }
        return HistoryText.pairs("ENV", pairs);
    }

    private String label(Label label) {
        List<KeyValue> pairs = pairs(label.pairs(), false);
        pairs.forEach(pair -> config.label(pair.key(), pair.value()));
        return HistoryText.pairs("LABEL", pairs);
    }

    /** All values are those in force before the instruction. */
    private List<KeyValue> pairs(List<KeyValue> raw, boolean areVariables) {
        List<KeyValue> pairs = new ArrayList<>();
        List<Runnable> forgetting = new ArrayList<>();
        for (KeyValue pair : raw) {
            String key;
            try {
                key = expand(pair.key());
            } catch (UnknownValueException _) {
                forgetting.add(scope::forgetAll);
                continue;
            }
            if (key.isEmpty()) {
                throw new InvalidInputException(Problem.of("'" + pair.key() + "' gives an empty name"));
            }
            try {
                pairs.add(new KeyValue(key, expand(pair.value())));
            } catch (UnknownValueException _) {
                forgetting.add(() -> scope.forget(key));
            }
        }
        if (areVariables) {
            forgetting.forEach(Runnable::run);
        }
        return pairs;
    }

    private String cmd(Cmd cmd) {
        List<String> words = runs.argv(cmd.command());
        config.cmd(words);
        return HistoryText.quoted("CMD", words);
    }

    private String entrypoint(Entrypoint entrypoint) {
        List<String> words = runs.argv(entrypoint.command());
        config.entrypoint(words);
        return HistoryText.quoted("ENTRYPOINT", words);
    }

    private String expose(Expose expose) {
        List<String> ports = new ArrayList<>();
        for (String raw : expose.ports()) {
            expander.expandWords(raw, scope).forEach(word -> ports.addAll(ExposedPorts.parse(word)));
        }
        ports.forEach(config::expose);
        return HistoryText.bracketed("EXPOSE", ports);
    }

    private String volume(Volume volume) {
        List<String> paths = volume.paths().stream().map(this::expand).toList();
        if (paths.stream().anyMatch(String::isBlank)) {
            throw new InvalidInputException(Problem.of("VOLUME has an empty path"));
        }
        paths.forEach(config::volume);
        return HistoryText.bracketed("VOLUME", paths);
    }

    private String user(User user) {
        String value = expand(user.user());
        config.user(value);
        return "USER " + value;
    }

    private String stopSignal(StopSignal signal) {
        String value = expand(signal.signal());
        Signals.number(value);
        config.stopSignal(value);
        return "STOPSIGNAL " + value;
    }

    private String shell(Shell shell) {
        config.shell(shell.arguments());
        return HistoryText.bracketed("SHELL", shell.arguments());
    }

    private String healthcheck(Healthcheck check) {
        List<String> test = check.probe().map(StageEvaluator::probe).orElse(List.of("NONE"));
        var healthcheck = new dev.slipway.image.model.Healthcheck(
                test, check.interval(), check.timeout(), check.startPeriod(), check.startInterval(), check.retries());
        config.healthcheck(healthcheck);
        return HistoryText.healthcheck(healthcheck);
    }

    private static List<String> probe(CommandLine command) {
        return switch (command) {
            case CommandLine.ShellForm(String text) -> List.of("CMD-SHELL", text);
            case CommandLine.ExecForm(List<String> arguments) -> {
                List<String> words = new ArrayList<>(List.of("CMD"));
                words.addAll(arguments);
                yield words;
            }
        };
    }

    private String maintainer(Maintainer maintainer) {
        config.author(maintainer.author());
        return "MAINTAINER " + maintainer.author();
    }
}
