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
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.dockerfile.value.ExposedPorts;
import dev.slipway.dockerfile.value.Signals;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;

/**
 * Applies the instructions of one stage in turn: expansion, configuration, history, and what has to be done. Confined to
 * one thread.
 */
final class StageEvaluator {
    private final Dockerfile dockerfile;
    private final StageNode node;
    private final Expander expander;
    private final ConfigDraft config;
    private final StageScope scope;
    private final Faults faults;
    private final CopyEvaluator copies;
    private final List<StageStep> steps = new ArrayList<>();
    private String author;

    StageEvaluator(
            Dockerfile dockerfile, StageNode node, ConfigDraft config, StageScope scope, String author, Faults faults) {
        this.dockerfile = dockerfile;
        this.node = node;
        this.expander = new Expander(dockerfile.directives().escape());
        this.config = config;
        this.scope = scope;
        this.author = author;
        this.faults = faults;
        this.copies = new CopyEvaluator(node, expander, scope, config);
    }

    /** The evaluator of a stage that stands on this one, whose instructions have all been applied. */
    StageEvaluator child(StageNode childNode) {
        return new StageEvaluator(
                dockerfile, childNode, new ConfigDraft(config.build(Map.of())), new StageScope(scope), author, faults);
    }

    /** Gives the configuration a working directory of its own, as that of an empty base has. */
    void startAt(String workingDir) {
        config.workingDir(workingDir);
    }

    void evaluate() {
        for (Instruction instruction : node.stage().instructions()) {
            faults.at(instruction, () -> steps.addAll(apply(instruction)));
        }
    }

    StagePlan plan(Map<String, String> labels) {
        return new StagePlan(
                node.stage().index(), node.label(), node.base(), node.platform(), steps, config.build(labels), author);
    }

    private List<StageStep> apply(Instruction instruction) {
        return switch (instruction) {
            case Run run -> List.of(run(run));
            case Copy copy -> List.of(copies.copy(copy));
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
            case From _, OnBuild _ -> throw new IllegalStateException(instruction.keyword() + " was refused before");
        };
    }

    private static List<StageStep> note(String createdBy) {
        return List.of(new StageStep(createdBy, Optional.empty()));
    }

    private String expand(String raw) {
        return expander.expand(raw, scope);
    }

    private StageStep run(Run run) {
        List<String> argv = argv(run.form());
        if (argv.isEmpty() || argv.getFirst().isEmpty()) {
            throw new InvalidInputException(Problem.of("RUN without a command"));
        }
        Operation.Run operation = new Operation.Run(
                run.place(), run.source(), argv, scope.commandEnv(), config.workingDir(), config.user());
        return new StageStep(HistoryText.run(scope.arguments(), argv), Optional.of(operation));
    }

    private List<String> argv(RunForm form) {
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

    private List<StageStep> workdir(Workdir workdir) {
        String path = expand(workdir.path());
        String resolved = path.isEmpty() ? config.workingDir() : ImagePath.resolve(config.workingDir(), path);
        config.workingDir(resolved);
        String createdBy = "WORKDIR " + resolved;
        if (ImagePath.clean(resolved).equals("/")) {
            return note(createdBy);
        }
        return List.of(new StageStep(
                createdBy,
                Optional.of(new Operation.MakeDirectory(
                        workdir.place(), workdir.source(), ImagePath.clean(resolved), config.user()))));
    }

    /** Each name of one ARG sees those before it. */
    private String arg(Arg arg) {
        StringBuilder text = new StringBuilder("ARG");
        for (Arg.Variable variable : arg.variables()) {
            Optional<String> fallback = scope.isGiven(variable.name())
                    ? Optional.empty()
                    : variable.defaultValue().map(this::expand);
            Optional<String> value = scope.arg(variable.name(), fallback);
            text.append(' ').append(variable.name());
            value.ifPresent(v -> text.append('=').append(v));
        }
        return text.toString();
    }

    private String env(Env env) {
        SequencedMap<String, String> pairs = pairs(env.pairs());
        pairs.forEach((name, value) -> {
            config.env(name, value);
            scope.env(name, value);
        });
        return HistoryText.pairs("ENV", pairs);
    }

    private String label(Label label) {
        SequencedMap<String, String> pairs = pairs(label.pairs());
        pairs.forEach(config::label);
        return HistoryText.pairs("LABEL", pairs);
    }

    /** All values are those in force before the instruction. */
    private SequencedMap<String, String> pairs(List<KeyValue> raw) {
        LinkedHashMap<String, String> pairs = new LinkedHashMap<>();
        for (KeyValue pair : raw) {
            String key = expand(pair.key());
            if (key.isEmpty()) {
                throw new InvalidInputException(Problem.of("'" + pair.key() + "' gives an empty name"));
            }
            pairs.put(key, expand(pair.value()));
        }
        return pairs;
    }

    private String cmd(Cmd cmd) {
        List<String> words = argv(cmd.command());
        config.cmd(words);
        return HistoryText.quoted("CMD", words);
    }

    private String entrypoint(Entrypoint entrypoint) {
        List<String> words = argv(entrypoint.command());
        config.entrypoint(words);
        return HistoryText.quoted("ENTRYPOINT", words);
    }

    private String expose(Expose expose) {
        TreeSet<String> ports = new TreeSet<>();
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
        author = maintainer.author();
        return "MAINTAINER " + maintainer.author();
    }
}
