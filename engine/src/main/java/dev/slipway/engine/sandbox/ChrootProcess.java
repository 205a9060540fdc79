package dev.slipway.engine.sandbox;

import dev.slipway.engine.user.UserIds;
import dev.slipway.foundation.linux.ConfinedProcesses;
import dev.slipway.foundation.linux.Processes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A command whose root directory is a tree, by {@code setpriv} (groups, capabilities), {@code setsid} and {@code nsenter}
 * (root, working directory, user) of this machine, none of which needs a namespace. A guard, which waits for the end of this
 * program, kills what has that root if this program is killed; where the guard is killed, too, the next build does it.
 */
final class ChrootProcess {
    private static final int UMASK = 022;
    private static final ReentrantLock STARTING = new ReentrantLock();

    /** Waits for the end of its input, which comes with the end of this program; then as {@link ConfinedProcesses#end}. */
    private static final String GUARD = """
            trap '' INT HUP TERM
            read -r _
            n=0
            while [ $n -lt 100 ]; do
              found=
              for p in /proc/[0-9]*; do
                root=$(readlink "$p/root" 2>/dev/null) || root=
                if [ -z "$root" ]; then
                  u= g=
                  while read -r key value _; do
                    case $key in Uid:) u=$value ;; Gid:) g=$value ;; esac
                  done 2>/dev/null <"$p/status"
                  [ "${u:-0}" = 0 ] || root=$(setpriv --reuid "$u" --regid "$g" --clear-groups \\
                    readlink "$p/root" 2>/dev/null)
                fi
                case $root in "$1" | "$1"/*) kill -9 "${p#/proc/}" 2>/dev/null && found=1 ;; esac
              done
              [ -n "$found" ] || break
              n=$((n + 1))
            done
            """;

    private final Process process;
    private final Process guard;
    private final Path root;
    private final List<OutputLines> outputs;

    private ChrootProcess(Process process, Process guard, Path root, List<OutputLines> outputs) {
        this.process = process;
        this.guard = guard;
        this.root = root;
        this.outputs = outputs;
    }

    /**
     * Starts it. The thread must live as long as the command.
     *
     * @param root without symlinks
     * @param workingDir below it, without symlinks
     */
    static ChrootProcess start(Path root, Path workingDir, ProcessSpec spec, Sandbox.OutputSink sink)
            throws IOException {
        Process guard = guard(root);
        boolean done = false;
        try {
            Process process = started(builder(root, workingDir, spec));
            done = true;
            return new ChrootProcess(process, guard, root, OutputLines.follow(process, sink));
        } finally {
            if (!done) {
                guard.destroyForcibly();
            }
        }
    }

    private static ProcessBuilder builder(Path root, Path workingDir, ProcessSpec spec) {
        ProcessBuilder builder = new ProcessBuilder(words(root, workingDir, spec))
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"));
        builder.environment().clear();
        spec.env().forEach(line -> {
            int equals = line.indexOf('=');
            builder.environment().put(line.substring(0, equals), line.substring(equals + 1));
        });
        spec.secretEnv().forEach((name, value) -> builder.environment().put(name, value.reveal()));
        return builder;
    }

    static List<String> words(Path root, Path workingDir, ProcessSpec spec) {
        UserIds user = spec.user();
        List<String> words = new ArrayList<>(List.of(program("setpriv"), "--pdeathsig", "KILL"));
        words.addAll(List.of("--regid", Integer.toUnsignedString(user.gid())));
        if (user.additionalGids().isEmpty()) {
            words.add("--clear-groups");
        } else {
            List<String> groups = user.additionalGids().stream()
                    .map(Integer::toUnsignedString)
                    .toList();
            words.addAll(List.of("--groups", String.join(",", groups)));
        }
        String dropped = String.join(",", Capabilities.toDrop());
        if (!dropped.isEmpty()) {
            words.addAll(List.of("--bounding-set", dropped, "--inh-caps", "-all"));
        }
        words.addAll(List.of("--", program("setsid"), program("nsenter"), "--root=" + root, "--wd=" + workingDir));
        if (user.uid() != 0) {
            words.addAll(List.of("--setuid", Integer.toUnsignedString(user.uid())));
        }
        words.add("--");
        words.addAll(spec.args());
        return words;
    }

    private static String program(String name) {
        return Programs.find(name).map(Path::toString).orElse(name);
    }

    private static Process guard(Path root) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", GUARD, "guard", root.toString())
                .directory(new File("/"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("PATH", Programs.SEARCH_PATH);
        return builder.start();
    }

    /** A process takes its umask from this program, which has one for all of its threads. */
    private static Process started(ProcessBuilder builder) throws IOException {
        STARTING.lock();
        int before = Processes.umask(UMASK);
        try {
            return builder.start();
        } finally {
            Processes.umask(before);
            STARTING.unlock();
        }
    }

    /** Waits for the end of the command, ends what it has left running, and waits for the end of the outputs. */
    int await() throws InterruptedException {
        int status = process.waitFor();
        ConfinedProcesses.end(root);
        for (OutputLines output : outputs) {
            output.join();
        }
        return status;
    }

    /** Ends the command with everything that it has started. */
    void kill() {
        process.destroyForcibly();
        ConfinedProcesses.end(root);
        guard.destroyForcibly();
    }

    /** Waits until the outputs have ended, and cannot be interrupted. */
    void awaitEnd() {
        boolean interrupted = false;
        while (true) {
            try {
                process.waitFor();
                guard.waitFor();
                for (OutputLines output : outputs) {
                    output.join();
                }
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
