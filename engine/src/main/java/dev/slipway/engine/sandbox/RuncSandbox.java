package dev.slipway.engine.sandbox;

import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.engine.user.UserIds;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ControlGroups;
import dev.slipway.foundation.linux.TreeRemoval;
import dev.slipway.foundation.linux.UnmappedOwnerException;
import dev.slipway.foundation.linux.UserNamespace;
import dev.slipway.image.layer.OverlayMarks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs commands with {@code runc}, each in a bundle directory and, as root, a control group of its own, which are gone when
 * the call returns.
 *
 * @see <a href="https://github.com/opencontainers/runc/blob/v1.1.5/man/runc-run.8.md">runc-run(8)</a>
 */
public final class RuncSandbox implements Sandbox {
    private static final List<String> DIRECTORIES = List.of("/proc", "/dev", "/sys");

    private final Workspace workspace;
    private final OverlayMarks marks;

    private RuncSandbox(Workspace workspace, OverlayMarks marks) {
        this.workspace = workspace;
        this.marks = marks;
    }

    /** As root. Bundles will lie in the workspace; what a dead process leaves goes with the workspace. */
    public static RuncSandbox open(Workspace workspace) {
        return new RuncSandbox(workspace, OverlayMarks.TRUSTED);
    }

    /** In a user namespace, without control groups: nothing limits commands, they end with the runtime all the same. */
    public static RuncSandbox inUserNamespace(Workspace workspace) {
        return new RuncSandbox(workspace, OverlayMarks.USER);
    }

    @Override
    public SandboxExit run(Path root, ProcessSpec process, OutputSink output) {
        SandboxNeeds.requirePrograms();
        requireMapped(process);
        if (isRoot()) {
            ControlGroups.make(workspace.id());
        }
        Path bundle = workspace.newDirectory("run");
        Path scratch = workspace.newDirectory("scratch");
        try (PrivateMemory memory = PrivateMemory.at(bundle, holdsSecrets(process));
                MountPoints points = MountPoints.in(root);
                StagedMounts staged = StagedMounts.stage(process.mounts(), memory.place(), scratch, points, marks)) {
            List<RuntimeMount> mounts = new ArrayList<>(
                    files(points, NetworkFiles.write(bundle, process.hostname(), process.extraHosts())));
            mounts.addAll(staged.mounts());
            DIRECTORIES.forEach(points::directory);
            String name = bundle.getFileName().toString();
            RuntimePlace place = isRoot()
                    ? new RuntimePlace.OfRoot(ControlGroups.path(workspace.id(), name))
                    : new RuntimePlace.OfUserNamespace();
            Files.write(bundle.resolve("config.json"), RuntimeConfig.json(root, process, mounts, place));
            return runIn(bundle, name, output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run in " + bundle, e);
        } finally {
            TreeRemoval.remove(bundle);
            TreeRemoval.remove(scratch);
        }
    }

    private boolean isRoot() {
        return marks == OverlayMarks.TRUSTED;
    }

    /** The runtime would say no more than that an argument is invalid. */
    private static void requireMapped(ProcessSpec process) {
        UserNamespace namespace = UserNamespace.current();
        UserIds user = process.user();
        for (int group : user.additionalGids()) {
            requireMapped(namespace, user.uid(), group);
        }
        requireMapped(namespace, user.uid(), user.gid());
    }

    private static void requireMapped(UserNamespace namespace, int user, int group) {
        if (!namespace.has(user, group)) {
            throw new MachineException(UnmappedOwnerException.problem("the command", user, group));
        }
    }

    private static boolean holdsSecrets(ProcessSpec process) {
        return !process.secretEnv().isEmpty()
                || process.mounts().stream().anyMatch(SandboxMount.ShownFile.class::isInstance);
    }

    /** Where the image has a symlink, the file is shown where that leads, as the command would find it. */
    private static List<RuntimeMount> files(MountPoints points, NetworkFiles files) {
        return List.of(
                RuntimeMount.shownFile(files.hosts(), points.file("/etc/hosts"), false),
                RuntimeMount.shownFile(files.resolver(), points.file("/etc/resolv.conf"), false));
    }

    private SandboxExit runIn(Path bundle, String name, OutputSink output) throws IOException {
        Path log = bundle.resolve("runc.log");
        RuncProcess runc = RuncProcess.start(arguments(bundle, log, name), output);
        try {
            int status = runc.await();
            boolean outOfMemory = ControlGroups.outOfMemoryKills(workspace.id(), name) > 0;
            return status == 0 ? new SandboxExit(0, Optional.empty(), outOfMemory) : failed(status, log, outOfMemory);
        } catch (InterruptedException e) {
            runc.kill();
            Thread.currentThread().interrupt();
            throw new CancelledException(Problem.of("interrupted"), e);
        } finally {
            runc.kill();
            ControlGroups.end(workspace.id(), name);
            runc.awaitEnd();
            ControlGroups.remove(workspace.id(), name);
        }
    }

    /** The runtime keeps the control group ({@code --keep}), since it tells whether memory ran out. */
    private List<String> arguments(Path bundle, Path log, String name) {
        List<String> words = new ArrayList<>(
                List.of("--root", bundle.resolve("state").toString(), "--log", log.toString(), "--log-format", "json"));
        words.add("run");
        if (isRoot()) {
            words.add("--keep");
        }
        words.addAll(List.of("--bundle", bundle.toString(), "slipway-" + workspace.id() + "-" + name));
        return words;
    }

    private static SandboxExit failed(int status, Path log, boolean outOfMemory) throws IOException {
        Optional<RuntimeLog> refusal = RuntimeLog.firstError(log);
        if (refusal.isEmpty()) {
            return new SandboxExit(status, Signals.ofStatus(status), outOfMemory);
        }
        OptionalInt programStatus = refusal.get().programStatus();
        if (programStatus.isPresent()) {
            return new SandboxExit(programStatus.getAsInt(), Optional.empty(), outOfMemory);
        }
        throw new MachineException(Problem.of(
                        "the OCI runtime cannot run the command", refusal.get().message())
                .remedy("this needs namespaces, and as root control groups: run Slipway where it has them"));
    }
}
