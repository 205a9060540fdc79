package dev.slipway.foundation.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Control groups {@code /slipway/<group>/<member>}, in every hierarchy of version 1 and in version 2. An OCI runtime makes
 * the members; here they are watched, emptied and removed.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 */
public final class ControlGroups {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String OURS = "slipway";
    private static final String PROCESSES = "cgroup.procs";
    /** Version 1, version 2: both have a line {@code oom_kill <count>}. */
    private static final List<String> OUT_OF_MEMORY = List.of("memory.oom_control", "memory.events");

    private static final String KILLS = "oom_kill ";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 2;
    private static final int ATTEMPTS = 10;

    private ControlGroups() {}

    /** The path that names a group to an OCI runtime. */
    public static String path(String group, String member) {
        return "/" + OURS + "/" + group + "/" + member;
    }

    /**
     * Makes the group, so that {@code /slipway} stays while it is used, though other processes remove it when they find it
     * empty. Where a hierarchy cannot be written nothing is made: the runtime will say what it misses.
     */
    public static void make(String group) {
        for (Path hierarchy : hierarchies()) {
            makeIn(hierarchy.resolve(OURS).resolve(group));
        }
    }

    private static void makeIn(Path directory) {
        boolean made = false;
        for (int attempt = 0; attempt < ATTEMPTS && !made; attempt++) {
            try {
                Files.createDirectories(directory);
                made = true;
            } catch (NoSuchFileException e) {
                made = false; // the directory above was removed between two steps
            } catch (IOException e) {
                return;
            }
        }
    }

    /** The processes of all members of the group. */
    public static Set<Long> processes(String group) {
        Set<Long> all = new TreeSet<>();
        for (Path directory : directories(group)) {
            children(directory).forEach(member -> all.addAll(processesIn(member)));
        }
        return all;
    }

    /** The processes of one member. */
    public static Set<Long> processes(String group, String member) {
        Set<Long> all = new TreeSet<>();
        directories(group).forEach(directory -> all.addAll(processesIn(directory.resolve(member))));
        return all;
    }

    /**
     * Kills the processes of all members and waits until they are gone.
     *
     * @return whether they are; a process that hangs in the kernel can outlast the ten seconds that this waits
     */
    public static boolean end(String group) {
        return end(() -> processes(group));
    }

    /** Kills the processes of one member and waits until they are gone, as {@link #end(String)} does. */
    public static boolean end(String group, String member) {
        return end(() -> processes(group, member));
    }

    private static boolean end(Supplier<Set<Long>> processes) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                Set<Long> left = processes.get();
                if (left.isEmpty()) {
                    return true;
                }
                if (System.nanoTime() - deadline > 0) {
                    return false;
                }
                left.forEach(ControlGroups::kill);
                interrupted |= pause();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void kill(long pid) {
        try {
            // 0 stands for a process of a namespace that cannot be seen from here.
            if (pid > 0) {
                Processes.kill(pid, Processes.SIGKILL);
            }
        } catch (LinuxException e) {
            if (!e.is(Errno.ESRCH)) {
                throw e;
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** How many processes of the member the kernel has killed because memory ran out. */
    public static long outOfMemoryKills(String group, String member) {
        long kills = 0;
        for (Path directory : directories(group)) {
            for (String file : OUT_OF_MEMORY) {
                kills += lines(directory.resolve(member).resolve(file)).stream()
                        .filter(line -> line.startsWith(KILLS))
                        .mapToLong(line ->
                                Long.parseLong(line.substring(KILLS.length()).strip()))
                        .sum();
            }
        }
        return kills;
    }

    /** Removes a member that has no process left; does nothing if it is not there. */
    public static void remove(String group, String member) {
        directories(group).forEach(directory -> removeEmpty(directory.resolve(member)));
    }

    /**
     * Removes the group with its members, which have no process left, and {@code /slipway} if no other group is in it;
     * does nothing if it is not there.
     */
    public static void remove(String group) {
        for (Path directory : directories(group)) {
            children(directory).forEach(ControlGroups::removeEmpty);
            removeEmpty(directory);
        }
        for (Path hierarchy : hierarchies()) {
            removeUnused(hierarchy.resolve(OURS));
        }
    }

    static List<Path> directories(String group) {
        return hierarchies().stream()
                .map(hierarchy -> hierarchy.resolve(OURS).resolve(group))
                .filter(Files::isDirectory)
                .toList();
    }

    /** Version 2 alone is one tree; version 1, with or without version 2, is a directory of them. */
    private static List<Path> hierarchies() {
        return Files.exists(ROOT.resolve("cgroup.controllers")) ? List.of(ROOT) : children(ROOT);
    }

    /** Directories only: a hierarchy may have a second name as a symlink. */
    private static List<Path> children(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        } catch (IOException e) {
            return List.of(); // not there, or not ours to see
        }
    }

    private static Set<Long> processesIn(Path directory) {
        Set<Long> all = new TreeSet<>();
        lines(directory.resolve(PROCESSES)).forEach(line -> all.add(Long.valueOf(line)));
        return all;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of(); // the group has gone, or the hierarchy has no such file
        }
    }

    private static void removeEmpty(Path directory) {
        try {
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            if (Files.isDirectory(directory)) {
                throw new UncheckedIOException("cannot remove " + directory, e);
            }
        }
    }

    private static void removeUnused(Path directory) {
        try {
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            return; // another build uses it
        }
    }
}
