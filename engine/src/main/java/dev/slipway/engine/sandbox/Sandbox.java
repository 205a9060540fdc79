package dev.slipway.engine.sandbox;

import java.nio.file.Path;

/** Runs processes apart from this machine. Thread-safe. */
public interface Sandbox {
    /**
     * Runs a process to its end. Nothing that it started outlives the call, nor this program; nothing that it needs to
     * run (mount points, files of the network) is left in the tree.
     *
     * <p>A program that is not there or may not be run ends with status 127 or 126, as in a shell, and a line of output.
     *
     * @param root the tree that is its root, as the calling thread sees it
     * @param output gets each line that it writes, to whichever of its two outputs; the lines of one come in their order
     * @throws dev.slipway.foundation.error.MachineException if no process can be started here
     * @throws dev.slipway.foundation.error.CancelledException if the thread is interrupted; the process is ended first
     */
    SandboxExit run(Path root, ProcessSpec process, OutputSink output);

    /** Takes lines without their line ends, one at a time, from threads of the sandbox; none comes after the call has returned. */
    @FunctionalInterface
    interface OutputSink {
        void line(String text);
    }
}
