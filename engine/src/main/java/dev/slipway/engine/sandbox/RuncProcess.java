package dev.slipway.engine.sandbox;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The runtime as a process, with its outputs. It runs in a process namespace of its own, whose eldest is killed when the
 * thread that started it ends: whatever kills this program kills the command, and whatever the command left behind.
 */
final class RuncProcess {
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

    private final Process process;
    private final List<OutputLines> outputs;

    private RuncProcess(Process process, List<OutputLines> outputs) {
        this.process = process;
        this.outputs = outputs;
    }

    /** Starts the runtime in the mount namespace of this thread, with nothing of this program's environment but PATH. */
    static RuncProcess start(List<String> arguments, Sandbox.OutputSink sink) throws IOException {
        List<String> words = new ArrayList<>(List.of(Programs.RUNTIME));
        words.addAll(arguments);
        Process process = family(words).start();
        return new RuncProcess(process, OutputLines.follow(process, sink));
    }

    /** A program as the eldest of a family. */
    static ProcessBuilder family(List<String> program) {
        List<String> words = new ArrayList<>(FAMILY);
        words.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(words).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().put("PATH", Programs.SEARCH_PATH);
        return builder;
    }

    /** Waits for the end of the process and of its outputs. */
    int await() throws InterruptedException {
        int status = process.waitFor();
        for (OutputLines output : outputs) {
            output.join();
        }
        return status;
    }

    /** Kills the eldest of the family; the others follow. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits as {@link #await} does, but cannot be interrupted. */
    void awaitEnd() {
        boolean interrupted = false;
        while (true) {
            try {
                await();
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
