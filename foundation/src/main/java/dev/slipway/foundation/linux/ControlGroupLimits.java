package dev.slipway.foundation.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Limits of a group of {@link ControlGroups}, for everything in it together. In version 1 each kind has a hierarchy of its
 * own; in version 2 the groups above have to hand the controllers down.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v1/memory.html">Memory Resource Controller</a>
 */
public final class ControlGroupLimits {
    private static final long PERIOD_MICROS = 100_000;
    private static final String HANDED_DOWN = "cgroup.subtree_control";

    private ControlGroupLimits() {}

    /**
     * Limits memory; a process that wants more is killed.
     *
     * @param group made before
     * @return whether this machine does it
     */
    public static boolean memory(String group, long bytes) {
        handDown(group, "+memory");
        boolean limited = write(group, List.of("memory.max", "memory.limit_in_bytes"), Long.toString(bytes));
        if (limited) {
            // Where pages can be swapped out, the limit would only slow a process down.
            write(group, List.of("memory.swap.max"), "0");
            write(group, List.of("memory.memsw.limit_in_bytes"), Long.toString(bytes));
        }
        return limited;
    }

    /**
     * Limits the time on processors.
     *
     * @param group made before
     * @param cpus 1.5 is one and a half
     * @return whether this machine does it
     */
    public static boolean cpus(String group, double cpus) {
        handDown(group, "+cpu");
        long quota = Math.max(1_000, Math.round(cpus * PERIOD_MICROS)); // the kernel takes no less
        boolean now = write(group, List.of("cpu.max"), quota + " " + PERIOD_MICROS);
        boolean old = write(group, List.of("cpu.cfs_quota_us"), Long.toString(quota));
        return now || old;
    }

    private static void handDown(String group, String controller) {
        for (Path directory : ControlGroups.directories(group)) {
            writeTo(directory.resolve("../../" + HANDED_DOWN), controller);
            writeTo(directory.resolveSibling(HANDED_DOWN), controller);
        }
    }

    /** Writes to those of the files that are there: each version has its own. */
    private static boolean write(String group, List<String> files, String value) {
        boolean written = false;
        for (Path directory : ControlGroups.directories(group)) {
            for (String file : files) {
                written = writeTo(directory.resolve(file), value) || written;
            }
        }
        return written;
    }

    private static boolean writeTo(Path file, String value) {
        if (!Files.exists(file)) {
            return false;
        }
        try {
            Files.writeString(file, value);
            return true;
        } catch (IOException _) {
            return false; // not ours to write; the caller says that there is no limit
        }
    }
}
