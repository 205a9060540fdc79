package dev.slipway.dockerfile.lint;

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
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.KeyValue;
import dev.slipway.dockerfile.instruction.Label;
import dev.slipway.dockerfile.instruction.Maintainer;
import dev.slipway.dockerfile.instruction.MountFlag;
import dev.slipway.dockerfile.instruction.OnBuild;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.dockerfile.instruction.Shell;
import dev.slipway.dockerfile.instruction.StopSignal;
import dev.slipway.dockerfile.instruction.User;
import dev.slipway.dockerfile.instruction.Volume;
import dev.slipway.dockerfile.instruction.Workdir;
import dev.slipway.dockerfile.shell.Expander;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the instructions of one stage show, one after the other. Confined to one thread. */
final class StageRules {
    private static final Pattern CONFIDENTIAL =
            Pattern.compile("(?i)(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)");
    private static final Pattern HARMLESS = Pattern.compile("(?i)(?:_|^)(?:public|file|version)(?:_|$)");
    private static final Pattern ABSOLUTE = Pattern.compile("(?s)[/\\\\].*|[A-Za-z]:[/\\\\].*");

    private final Findings findings;
    private final StageState state;
    private final Map<String, String> buildArgs;
    private final Scope globals;
    private final Words words;
    private final CopyRules copies;
    private final ExposeRules ports;

    StageRules(Findings findings, Expander expander, LintContext context, Scope globals, StageState state) {
        this.findings = findings;
        this.state = state;
        this.buildArgs = context.buildArgs();
        this.globals = globals;
        this.words = new Words(findings, expander, state.scope());
        this.copies = new CopyRules(findings, words, context.ignored());
        this.ports = new ExposeRules(findings, words);
    }

    void check(Instruction instruction) {
        switch (instruction) {
            case Arg arg -> arg(arg);
            case Env env -> env(env);
            case Label label -> label(label);
            case Run run -> run.mounts().forEach(mount -> mount(run, mount));
            case Copy copy -> copies.check(copy);
            case Add add -> copies.check(add);
            case Expose expose -> ports.check(expose);
            case Workdir workdir -> workdir(workdir);
            case User user -> words.expand(user, user.user());
            case StopSignal signal -> words.expand(signal, signal.signal());
            case Volume volume -> volume.paths().forEach(path -> words.expand(volume, path));
            case Cmd cmd -> command(cmd, cmd.command());
            case Entrypoint entrypoint -> command(entrypoint, entrypoint.command());
            case Healthcheck healthcheck -> once(healthcheck);
            case Shell _ -> state.setShell();
            case OnBuild trigger -> state.addTrigger(trigger);
            case From _, Maintainer _ -> {}
        }
    }

    private void arg(Arg arg) {
        for (Arg.Variable variable : arg.variables()) {
            String name = variable.name();
            confidential("ARG", arg, name);
            Optional<String> given = Optional.ofNullable(buildArgs.get(name));
            if (given.isPresent() || variable.defaultValue().isEmpty()) {
                state.scope().declare(name, given.or(() -> globals.get(name)));
                continue;
            }
            Optional<String> value = words.expand(arg, variable.defaultValue().orElseThrow());
            state.scope().declare(name, value);
            if (value.isEmpty()) {
                state.scope().setUncertain(name);
            }
        }
    }

    private void env(Env env) {
        legacy(env, env.legacy());
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        for (KeyValue pair : env.pairs()) {
            Optional<String> key = words.expand(env, pair.key());
            Optional<String> value = words.expand(env, pair.value());
            key.ifPresent(name -> {
                confidential("ENV", env, name);
                values.put(name, value);
            });
        }
        values.forEach((name, value) -> value.ifPresentOrElse(
                text -> state.scope().set(name, text), () -> state.scope().setUncertain(name)));
    }

    private void label(Label label) {
        legacy(label, label.legacy());
        for (KeyValue pair : label.pairs()) {
            words.expand(label, pair.key());
            words.expand(label, pair.value());
        }
    }

    private void legacy(Instruction instruction, boolean legacy) {
        if (legacy) {
            findings.add(
                    Rule.LEGACY_KEY_VALUE_FORMAT,
                    instruction,
                    findings.source().from(instruction.place()),
                    SourceText.firstWord(instruction));
        }
    }

    private void confidential(String keyword, Instruction instruction, String name) {
        if (CONFIDENTIAL.matcher(name).find() && !HARMLESS.matcher(name).find()) {
            Pattern here = Pattern.compile("(?<=\\s)['\"]?" + Pattern.quote(name) + "(?=[=\\s'\"]|$)");
            findings.add(
                    Rule.SECRETS_USED_IN_ARG_OR_ENV,
                    instruction,
                    findings.source().first(instruction, here),
                    keyword,
                    name);
        }
    }

    private void mount(Run run, MountFlag mount) {
        for (MountFlag.Option option : mount.options()) {
            if (!option.key().equals("from")) {
                option.value().ifPresent(value -> words.expand(run, value));
            }
        }
    }

    /** Only the first WORKDIR of a chain of stages counts: the others follow from it. */
    private void workdir(Workdir workdir) {
        Optional<String> path = words.expand(workdir, workdir.path());
        boolean first = !state.hasWorkdir();
        state.setWorkdir();
        path.filter(text -> first && !ABSOLUTE.matcher(text).matches())
                .ifPresent(text -> findings.add(
                        Rule.WORKDIR_RELATIVE_PATH, workdir, findings.source().word(workdir, workdir.path()), text));
    }

    /** A shell that the stage names itself is there on purpose. */
    private void command(Instruction instruction, CommandLine command) {
        once(instruction);
        if (command instanceof CommandLine.ShellForm && !state.hasShell()) {
            findings.add(
                    Rule.JSON_ARGS_RECOMMENDED,
                    instruction,
                    findings.source().from(instruction.place()),
                    SourceText.firstWord(instruction));
        }
    }

    /** The earlier one is the one that is lost. */
    private void once(Instruction instruction) {
        Optional<Instruction> earlier = state.replace(instruction);
        if (earlier.isPresent() && findings.isWanted(Rule.MULTIPLE_INSTRUCTIONS_DISALLOWED, instruction)) {
            findings.add(
                    Rule.MULTIPLE_INSTRUCTIONS_DISALLOWED,
                    earlier.orElseThrow(),
                    findings.source().from(earlier.orElseThrow().place()),
                    SourceText.firstWord(instruction));
        }
    }
}
