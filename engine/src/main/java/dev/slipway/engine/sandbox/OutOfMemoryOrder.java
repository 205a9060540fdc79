package dev.slipway.engine.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whom the kernel ends first when the memory of the machine, or of the container that all run in, is used up: the greedy
 * command, so that the builder can say what happened and clean up.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_oom_score_adj.5.html">proc_pid_oom_score_adj(5)</a>
 */
final class OutOfMemoryOrder {
    private static final Path OURS = Path.of("/proc/self/oom_score_adj");
    /** As if a command took half of all memory more than it does. */
    private static final int BEFORE_US = 500;

    private static final int FIRST_OF_ALL = 1000;

    private OutOfMemoryOrder() {}

    /** What {@code oom_score_adj} commands get. Nobody needs a privilege to raise it. */
    static int ofCommands() {
        return ofCommands(ours());
    }

    static int ofCommands(int ours) {
        return Math.min(FIRST_OF_ALL, ours + BEFORE_US);
    }

    private static int ours() {
        try {
            return Integer.parseInt(Files.readString(OURS).strip());
        } catch (IOException | NumberFormatException _) {
            return 0;
        }
    }
}
