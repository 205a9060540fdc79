package dev.slipway.engine.sandbox;

import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ControlGroups;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs commands with {@code runc}. The runtime itself runs in a process namespace of its own that ends with the calling
 * thread: whatever kills this program kills the command, and whatever the command left behind.
 */
public final class RuncSandbox implements Sandbox {
    private static final String RUNTIME = "runc";
    private static final int SIGNALLED = 128;
    private static final List<String> MOUNT_POINTS = List.of("/proc", "/dev", "/sys", "/etc/hosts", "/etc/resolv.conf");
    /** Ends the whole family with its eldest, and the eldest with the thread that started it. */
    private static final List<String> FAMILY = List.of(
            "setpriv",
            "--pdeathsig",
            "KILL",
            "--",
            "unshare",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc",
            "--");

    private final Workspace workspace;

    private RuncSandbox(Workspace workspace) {
        this.workspace = workspace;
    }

    public static RuncSandbox open(Workspace workspace) {
        return new RuncSandbox(workspace);
    }

    @Override
    public SandboxExit run(Path root, ProcessSpec process, OutputSink output) {
        Path bundle = workspace.newDirectory("run");
        String name = bundle.getFileName().toString();
        Map<String, Path> files = NetworkFiles.write(bundle, process.hostname(), process.extraHosts());
        byte[] config = RuntimeConfig.json(root, process, files, ControlGroups.path(workspace.id(), name));
        MountStubs stubs = MountStubs.before(root, MOUNT_POINTS);
        try {
            Files.write(bundle.resolve("config.json"), config);
            return exit(start(bundle, "slipway-" + workspace.id() + "-" + name), output, bundle);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + bundle, e);
        } finally {
            stubs.remove();
        }
    }

    private Process start(Path bundle, String container) throws IOException {
        List<String> words = new ArrayList<>(FAMILY);
        words.add(RUNTIME);
        words.addAll(List.of("--root", workspace.directory().resolve("runc").toString()));
        words.addAll(List.of("--log", bundle.resolve("runc.log").toString()));
        words.addAll(List.of("run", "--bundle", bundle.toString(), container));
        requireOnPath("setpriv", "util-linux");
        requireOnPath(RUNTIME, RUNTIME);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        String path = builder.environment().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().clear();
        builder.environment().put("PATH", path + ":/usr/sbin:/sbin");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private SandboxExit exit(Process process, OutputSink output, Path bundle) throws IOException {
        OutputLines reader = OutputLines.follow(process.getInputStream(), output);
        try {
            int status = process.waitFor();
            reader.join();
            if (status != 0) {
                refusal(bundle).ifPresent(why -> {
                    throw why;
                });
            }
            return new SandboxExit(status, signal(status));
        } catch (InterruptedException e) {
            end(process, reader);
            throw new CancelledException(Problem.of("interrupted"), e);
        }
    }

    /**
     * Ends the family and waits until the kernel has: the eldest in the process namespace goes last, and with it the
     * other end of the output.
     */
    private static void end(Process process, OutputLines reader) {
        process.destroyForcibly();
        boolean ended = false;
        while (!ended) {
            try {
                process.waitFor();
                reader.join();
                ended = true;
            } catch (InterruptedException e) {
                ended = false; // the first interrupt was enough: the kernel needs a moment, no more
            }
        }
        Thread.currentThread().interrupt();
    }

    /** What the runtime itself complained of, as opposed to the command. */
    private static Optional<MachineException> refusal(Path bundle) throws IOException {
        Path log = bundle.resolve("runc.log");
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        return RuntimeLog.firstError(Files.readString(log));
    }

    private static Optional<String> signal(int status) {
        return switch (status - SIGNALLED) {
            case 2 -> Optional.of("SIGINT");
            case 6 -> Optional.of("SIGABRT");
            case 7 -> Optional.of("SIGBUS");
            case 8 -> Optional.of("SIGFPE");
            case 9 -> Optional.of("SIGKILL");
            case 11 -> Optional.of("SIGSEGV");
            case 15 -> Optional.of("SIGTERM");
            default -> Optional.empty();
        };
    }

    private static void requireOnPath(String program, String debianPackage) {
        for (String directory :
                List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return;
            }
        }
        throw new MachineException(Problem.of("RUN needs '" + program + "'", "it is not installed here")
                .remedy("install Debian's package " + debianPackage));
    }
}
