package dev.slipway.foundation.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processes whose root directory is a certain one, or lies below it: what commands leave that ran by {@code chroot(2)},
 * wherever they have gone in the meantime. Found in {@code /proc}, so that none is missed that another user has: without
 * {@code CAP_SYS_PTRACE} the kernel shows a process's root to its own user only, so it is asked as that user.
 */
public final class ConfinedProcesses {
    private static final Call SETFSUID = Call.ofInt("setfsuid", 1);
    private static final Call SETFSGID = Call.ofInt("setfsgid", 1);
    private static final Path PROC = Path.of("/proc");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 2;

    private ConfinedProcesses() {}

    /** Their numbers. */
    public static List<Long> in(Path directory) {
        Search search = new Search(directory);
        // Whom the kernel takes a thread for is the thread's own matter: this one ends with the search.
        Thread thread = Thread.ofPlatform().daemon().name("processes").start(search);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return List.copyOf(search.found);
    }

    /**
     * Kills them all, and those that they start meanwhile; returns when there is none.
     *
     * @throws LinuxException if some do not end within ten seconds
     */
    public static void end(Path directory) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (List<Long> left = in(directory); !left.isEmpty(); left = in(directory)) {
            left.forEach(ConfinedProcesses::kill);
            if (System.nanoTime() > deadline) {
                throw new LinuxException("kill", "processes " + left + " in " + directory, Errno.EBUSY);
            }
            pause();
        }
    }

    private static void kill(long process) {
        try {
            Processes.kill(process, Processes.SIGKILL);
        } catch (LinuxException e) {
            if (!e.is(Errno.ESRCH)) {
                throw e;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // told to whoever waits; the processes are ended all the same
        }
    }

    private static final class Search implements Runnable {
        private final ByteString directory;
        private final ByteString below;
        private final List<Long> found = new ArrayList<>();

        Search(Path directory) {
            this.directory = ByteString.of(real(directory));
            this.below = this.directory.plus(ByteString.of("/"));
        }

        private static Path real(Path path) {
            try {
                return path.toRealPath();
            } catch (IOException e) {
                return path.toAbsolutePath(); // it has gone, and so have they
            }
        }

        @Override
        public void run() {
            try (Stream<Path> all = Files.list(PROC)) {
                all.map(path -> path.getFileName().toString())
                        .filter(name -> name.chars().allMatch(Character::isDigit))
                        .forEach(this::look);
            } catch (IOException e) {
                found.clear(); // no /proc: nobody can say
            }
        }

        private void look(String process) {
            Optional<ByteString> root = root(process);
            if (root.isEmpty()) {
                root = asItsUser(process);
            }
            if (root.isPresent() && (root.get().equals(directory) || root.get().startsWith(below))) {
                found.add(Long.valueOf(process));
            }
        }

        private static Optional<ByteString> root(String process) {
            try {
                return Optional.of(Nodes.readLink(Fd.CWD, ByteString.of("/proc/" + process + "/root")));
            } catch (LinuxException e) {
                return Optional.empty(); // gone, a thread of the kernel, or not ours to see
            }
        }

        private static Optional<ByteString> asItsUser(String process) {
            long uid = -1;
            long gid = -1;
            try {
                for (String line : Files.readAllLines(PROC.resolve(process).resolve("status"))) {
                    String[] words = line.split("\\s+", 3);
                    if (words[0].equals("Uid:")) {
                        uid = Long.parseLong(words[1]);
                    } else if (words[0].equals("Gid:")) {
                        gid = Long.parseLong(words[1]);
                    }
                }
            } catch (IOException e) {
                return Optional.empty();
            }
            return uid <= 0 ? Optional.empty() : rootAs(process, uid, gid);
        }

        private static Optional<ByteString> rootAs(String process, long uid, long gid) {
            try (Call.Scratch scratch = new Call.Scratch()) {
                long group = SETFSGID.attempt(scratch, gid);
                long user = SETFSUID.attempt(scratch, uid);
                try {
                    return root(process);
                } finally {
                    SETFSUID.attempt(scratch, user);
                    SETFSGID.attempt(scratch, group);
                }
            }
        }
    }
}
