package dev.slipway.engine.sandbox;

import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.TreeRemoval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs commands with the tree as their root directory, by {@code chroot(2)}, where no namespace can be made. They share all
 * else with this program: its process numbers, its network, its host name. A root user among them can leave the tree; what
 * keeps them apart from the machine is the container that the build runs in. Capabilities beyond docker's default set are
 * taken from them.
 *
 * <p>There is no {@code /proc} and no {@code /sys} but empty directories; {@code /dev} has null, zero, full, random, urandom
 * and tty where this program may make and use device nodes. Mounts are copies (see {@link PlacedMounts}). {@code
 * /etc/hosts} and {@code /etc/resolv.conf} are as for any command, and afterwards what the image had, whatever the command
 * wrote. A network of its own and more privileges cannot be given, and are refused.
 *
 * <p>{@code LD_PRELOAD} and the like of the environment also reach the programs of this machine that start the command.
 */
public final class ChrootSandbox implements Sandbox {
    private static final int DIRECTORY_MODE = 0755;
    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;

    private final Workspace workspace;

    private ChrootSandbox(Workspace workspace) {
        this.workspace = workspace;
    }

    /** What is moved aside while a command runs will lie in the workspace, and goes with it. */
    public static ChrootSandbox open(Workspace workspace) {
        return new ChrootSandbox(workspace);
    }

    @Override
    public SandboxExit run(Path root, ProcessSpec process, OutputSink output) {
        requirePossible(process);
        Path bundle = workspace.newDirectory("run");
        Path aside = workspace.newDirectory("aside");
        try (MountPoints points = MountPoints.in(root);
                PlacedMounts placed = PlacedMounts.in(root, aside, points)) {
            points.directory("/proc");
            points.directory("/sys");
            placed.devices();
            NetworkFiles files = NetworkFiles.write(bundle, process.hostname(), process.extraHosts());
            placed.file("/etc/hosts", files.hosts());
            placed.file("/etc/resolv.conf", files.resolver());
            placed.all(process.mounts());
            return runIn(root.toRealPath(), process, output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run in " + root, e);
        } finally {
            TreeRemoval.remove(bundle);
            TreeRemoval.remove(aside);
        }
    }

    private static void requirePossible(ProcessSpec process) {
        if (process.network() != NetworkMode.HOST || process.privileged()) {
            throw new MachineException(Problem.of(
                            process.privileged()
                                    ? "a command cannot get more privileges here"
                                    : "a command cannot have a network of its own here",
                            "the isolation is chroot")
                    .remedy("run where namespaces can be made, with --isolation=oci"));
        }
    }

    /** Makes what the path passes through, {@code ..} included, as an OCI runtime does. */
    private static Fd workingDirectory(Fd root, String path) {
        String passed = "/";
        for (String name : path.split("/", -1)) {
            try (Fd directory = Nodes.openInRoot(root, ByteString.of(passed), 0, OpenFlag.DIRECTORY)) {
                if (!name.isEmpty()
                        && Nodes.find(directory, ByteString.of(name)).isEmpty()) {
                    Nodes.makeDirectory(directory, ByteString.of(name), DIRECTORY_MODE);
                }
            }
            passed += name + "/";
        }
        return Nodes.openInRoot(root, ByteString.of(path), 0, OpenFlag.DIRECTORY);
    }

    private static SandboxExit runIn(Path root, ProcessSpec process, OutputSink output) throws IOException {
        Path workingDir;
        try (Fd top = Nodes.openDirectory(root);
                Fd directory = workingDirectory(top, process.workingDir())) {
            workingDir = Path.of(directory.procPath()).toRealPath();
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP)) {
                throw e;
            }
            output.line("chdir to " + process.workingDir() + ": " + e.getMessage());
            return new SandboxExit(e.is(Errno.ENOENT) ? NOT_FOUND : NOT_EXECUTABLE, Optional.empty(), false);
        }
        ChrootProcess command = ChrootProcess.start(root, workingDir, process, output);
        try {
            int status = command.await();
            return new SandboxExit(status, Signals.ofStatus(status), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(Problem.of("interrupted"), e);
        } finally {
            command.kill();
            command.awaitEnd();
        }
    }
}
