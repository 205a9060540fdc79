package dev.slipway.engine.solve;

import dev.slipway.dockerfile.instruction.Run.Network;
import dev.slipway.engine.copy.CopyJob;
import dev.slipway.engine.copy.DestinationRoot;
import dev.slipway.engine.copy.Ownership;
import dev.slipway.engine.mount.PreparedMounts;
import dev.slipway.engine.plan.Operation;
import dev.slipway.engine.request.CommandSettings;
import dev.slipway.engine.sandbox.HostEntry;
import dev.slipway.engine.sandbox.NetworkMode;
import dev.slipway.engine.sandbox.ProcessSpec;
import dev.slipway.engine.sandbox.Sandbox;
import dev.slipway.engine.sandbox.SandboxExit;
import dev.slipway.engine.sandbox.SandboxMount;
import dev.slipway.engine.user.UserIds;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.foundation.linux.DiskFull;
import dev.slipway.image.store.StoreErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Runs the command of a RUN in a tree and says how it went. Thread-safe. */
final class CommandRunner {
    private static final int SCRIPT_MODE = 0755;
    private static final String AGENT_VARIABLE = "SSH_AUTH_SOCK";

    private final Sandbox sandbox;
    private final String hostname;
    private final CommandSettings settings;
    private final EventSink events;

    CommandRunner(Sandbox sandbox, String hostname, CommandSettings settings, EventSink events) {
        this.sandbox = sandbox;
        this.hostname = hostname;
        this.settings = settings;
        this.events = events;
    }

    /**
     * Runs the command to its end.
     *
     * @param root the writable tree
     * @param prepared what its mounts show
     * @throws BuildFailedException if its exit status is not 0; carries its last output
     */
    String run(String id, Operation.Run run, Path root, PreparedMounts prepared) {
        UserIds user = Owners.ofUser(root, run.user());
        try (DestinationRoot tree = DestinationRoot.open(root)) {
            CopyJob.makeDirectory(tree, run.workingDir(), new Ownership(user.uid(), user.gid()));
        }
        LastLines last = new LastLines();
        long need = StoreErrors.needIfFull(root);
        SandboxExit exit = sandbox.run(root, process(run, user, prepared), line -> {
            String clean = prepared.redact(line);
            last.add(clean);
            events.accept(new Event.TaskOutput(id, clean));
        });
        if (exit.status() != 0) {
            throw failure(run, exit, last.lines(), root, need);
        }
        return "";
    }

    private ProcessSpec process(Operation.Run run, UserIds user, PreparedMounts prepared) {
        List<SandboxMount> mounts = new ArrayList<>(scripts(run));
        mounts.addAll(prepared.mounts());
        return new ProcessSpec(
                        run.args(),
                        environment(run, user, prepared.secretEnv().keySet()),
                        run.workingDir(),
                        user,
                        hostname,
                        settings.extraHosts().entrySet().stream()
                                .map(entry -> new HostEntry(entry.getKey(), entry.getValue()))
                                .toList())
                .withSecretEnv(prepared.secretEnv())
                .withMounts(mounts)
                .withNetwork(network(run.network()))
                .withPrivileged(run.isInsecure());
    }

    private NetworkMode network(Network asked) {
        return switch (asked) {
            case DEFAULT -> settings.networkless() ? NetworkMode.NONE : NetworkMode.HOST;
            case NONE -> NetworkMode.NONE;
            case HOST -> NetworkMode.HOST;
        };
    }

    private static List<SandboxMount> scripts(Operation.Run run) {
        return run.script().stream()
                .<SandboxMount>map(file -> new SandboxMount.ShownFile(
                        SandboxMount.Content.of(file.content()),
                        Operation.Run.SCRIPTS + "/" + file.name(),
                        SCRIPT_MODE,
                        0,
                        0))
                .toList();
    }

    /** @param hidden variables that hold secrets, and come instead of others of the same name */
    private static List<String> environment(Operation.Run run, UserIds user, Set<String> hidden) {
        Map<String, String> variables = new LinkedHashMap<>(run.env().variables());
        run.mounts().agentSocket().ifPresent(path -> variables.putIfAbsent(AGENT_VARIABLE, path));
        variables.putIfAbsent("HOME", user.home());
        hidden.forEach(variables::remove);
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    /** @param need of the tree's disk, should that be full */
    private static SlipwayException failure(
            Operation.Run run, SandboxExit exit, List<String> lastLines, Path root, long need) {
        String how = exit.signal()
                .map(signal -> "it was ended by " + signal + " (exit status " + exit.status() + ")")
                .orElse("exit status " + exit.status());
        String remedy = exit.outOfMemory() ? "the kernel ended it because memory ran out: give the step more" : "";
        Problem problem = new Problem(run.place().toString(), run.title() + " failed", how, remedy);
        Optional<String> full =
                lastLines.reversed().stream().filter(DiskFull::isToldBy).findFirst();
        if (full.isPresent()) {
            String why = how + ", it said '" + full.get() + "' of " + root;
            return StoreErrors.full(
                    problem.because(why).remedy(StoreErrors.REMEDY), root, need, new IOException(full.get()));
        }
        return new BuildFailedException(problem, lastLines, OptionalInt.of(exit.status()), null);
    }
}
