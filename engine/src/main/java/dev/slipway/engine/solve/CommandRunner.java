package dev.slipway.engine.solve;

import dev.slipway.engine.copy.CopyJob;
import dev.slipway.engine.copy.DestinationRoot;
import dev.slipway.engine.copy.Ownership;
import dev.slipway.engine.plan.Operation;
import dev.slipway.engine.sandbox.HostEntry;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs the command of a RUN in a tree and says how it went. Thread-safe. */
final class CommandRunner {
    private static final int SCRIPT_MODE = 0755;

    private final Sandbox sandbox;
    private final String hostname;
    private final List<HostEntry> extraHosts;
    private final EventSink events;

    CommandRunner(Sandbox sandbox, String hostname, Map<String, String> extraHosts, EventSink events) {
        this.sandbox = sandbox;
        this.hostname = hostname;
        this.extraHosts = extraHosts.entrySet().stream()
                .map(entry -> new HostEntry(entry.getKey(), entry.getValue()))
                .toList();
        this.events = events;
    }

    /**
     * Runs the command to its end.
     *
     * @param root the writable tree
     * @throws BuildFailedException if its exit status is not 0; carries its last output
     */
    String run(String id, Operation.Run run, Path root) {
        UserIds user = Owners.ofUser(root, run.user());
        try (DestinationRoot tree = DestinationRoot.open(root)) {
            CopyJob.makeDirectory(tree, run.workingDir(), new Ownership(user.uid(), user.gid()));
        }
        LastLines last = new LastLines();
        long need = StoreErrors.needIfFull(root);
        SandboxExit exit = sandbox.run(
                root,
                new ProcessSpec(
                                run.args(),
                                environment(run.env().variables(), user),
                                run.workingDir(),
                                user,
                                hostname,
                                extraHosts)
                        .withMounts(scripts(run)),
                line -> {
                    last.add(line);
                    events.accept(new Event.TaskOutput(id, line));
                });
        if (exit.status() != 0) {
            throw failure(run, exit, last.lines(), root, need);
        }
        return "";
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

    private static List<String> environment(Map<String, String> env, UserIds user) {
        List<String> lines = new ArrayList<>();
        env.forEach((name, value) -> lines.add(name + "=" + value));
        if (!env.containsKey("HOME")) {
            lines.add("HOME=" + user.home());
        }
        return lines;
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
