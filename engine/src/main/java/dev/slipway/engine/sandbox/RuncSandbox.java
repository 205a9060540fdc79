package dev.slipway.engine.sandbox;

import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ControlGroups;
import dev.slipway.foundation.linux.TreeRemoval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs commands with {@code runc}, each in a bundle directory and a control group of its own, which are gone when the call
 * returns.
 *
 * @see <a href="https://github.com/opencontainers/runc/blob/v1.1.5/man/runc-run.8.md">runc-run(8)</a>
 */
public final class RuncSandbox implements Sandbox {
    private static final List<String> DIRECTORIES = List.of("/proc", "/dev", "/sys");

    private final Workspace workspace;

    private RuncSandbox(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Bundles will lie in the workspace; what a dead process leaves goes with the workspace. */
    public static RuncSandbox open(Workspace workspace) {
        return new RuncSandbox(workspace);
    }

    @Override
    public SandboxExit run(Path root, ProcessSpec process, OutputSink output) {
        new Isolation(Programs.missing()).require();
        ControlGroups.make(workspace.id());
        Path bundle = workspace.newDirectory("run");
        Path scratch = workspace.newDirectory("scratch");
        try (PrivateMemory memory = PrivateMemory.at(bundle, holdsSecrets(process));
                MountPoints points = MountPoints.in(root);
                StagedMounts staged = StagedMounts.stage(process.mounts(), memory.place(), scratch, points)) {
            List<RuntimeMount> mounts = new ArrayList<>(
                    files(points, NetworkFiles.write(bundle, process.hostname(), process.extraHosts())));
            mounts.addAll(staged.mounts());
            DIRECTORIES.forEach(points::directory);
            String name = bundle.getFileName().toString();
            String group = ControlGroups.path(workspace.id(), name);
            Files.write(bundle.resolve("config.json"), RuntimeConfig.json(root, process, mounts, group));
            return runIn(bundle, name, output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run in " + bundle, e);
        } finally {
            TreeRemoval.remove(bundle);
            TreeRemoval.remove(scratch);
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

    /** The runtime keeps the control group ({@code --keep}), since it tells whether memory ran out. */
    private SandboxExit runIn(Path bundle, String name, OutputSink output) throws IOException {
        Path log = bundle.resolve("runc.log");
        RuncProcess runc = RuncProcess.start(
                List.of(
                        "--root",
                        bundle.resolve("state").toString(),
                        "--log",
                        log.toString(),
                        "--log-format",
                        "json",
                        "run",
                        "--keep",
                        "--bundle",
                        bundle.toString(),
                        "slipway-" + workspace.id() + "-" + name),
                output);
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
                .remedy("this needs root, namespaces and control groups: run Slipway where it has them"));
    }
}
