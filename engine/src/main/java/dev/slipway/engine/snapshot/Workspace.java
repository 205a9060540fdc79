package dev.slipway.engine.snapshot;

import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ConfinedProcesses;
import dev.slipway.foundation.linux.ControlGroups;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.TreeRemoval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The directory of one running build, {@code builds/<id>} of the state directory, and the control groups of that name. It
 * is locked for as long as the process lives; one without a lock belongs to a dead process, and the next build removes
 * it. Only its owner can look inside: images hold files that are setuid. Thread-safe.
 */
public final class Workspace implements AutoCloseable {
    private static final String BUILDS = "builds";
    private static final int ID_LENGTH = 16;

    private final Path directory;
    private final Fd lock;
    private final AtomicInteger next = new AtomicInteger();

    private Workspace(Path directory, Fd lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Makes a new one.
     *
     * @param home the state directory, which is made if it is not there
     * @throws IOException if the directory cannot be made
     */
    public static Workspace open(Path home) throws IOException {
        Path builds = builds(home);
        while (true) {
            String id = UUID.randomUUID().toString().replace("-", "").substring(0, ID_LENGTH);
            Path directory = Files.createDirectory(builds.resolve(id));
            Optional<Fd> lock = lock(directory);
            if (lock.isPresent()) {
                return new Workspace(directory, lock.get());
            }
            // Another process took it for a leftover between the two calls, and removes it.
        }
    }

    private static Path builds(Path home) throws IOException {
        Path builds = Files.createDirectories(home.toAbsolutePath().normalize().resolve(BUILDS));
        return Files.setPosixFilePermissions(builds, PosixFilePermissions.fromString("rwx------"));
    }

    /** The lock; empty if another process has it, or the directory has gone. */
    private static Optional<Fd> lock(Path directory) {
        try {
            Fd lock = Nodes.openDirectory(directory);
            if (lock.tryLock() && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(lock);
            }
            lock.close();
            return Optional.empty();
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Names the build: unique among those on this machine. */
    public String id() {
        return directory.getFileName().toString();
    }

    /** An absolute path. */
    public Path directory() {
        return directory;
    }

    /** A new, empty directory. */
    public Path newDirectory(String prefix) {
        try {
            return Files.createDirectory(directory.resolve(prefix + "-" + next.incrementAndGet()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a directory in " + directory, e);
        }
    }

    /** Removes it with everything in it. Call it when all work has ended; calling it twice is harmless. */
    @Override
    public void close() {
        try {
            remove(directory);
        } finally {
            lock.close();
        }
    }

    private static void remove(Path directory) {
        String group = directory.getFileName().toString();
        ControlGroups.end(group);
        ControlGroups.remove(group);
        ConfinedProcesses.end(directory);
        TreeRemoval.remove(directory);
    }

    /**
     * Removes what builds of dead processes have left: directories, control groups, and processes, if any. What living
     * builds use stays.
     *
     * @return what could not be removed, and why; worth a warning, no reason not to build
     * @throws IOException if the state directory cannot be read
     */
    public static List<Problem> reap(Path home) throws IOException {
        List<Path> all;
        try (Stream<Path> children = Files.list(builds(home))) {
            all = children.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        List<Problem> left = new ArrayList<>();
        for (Path directory : all) {
            try {
                reapOne(directory);
            } catch (LinuxException | UncheckedIOException e) {
                left.add(Problem.of("cannot remove what an earlier build left", String.valueOf(e.getMessage()))
                        .at(directory.toString()));
            }
        }
        return left;
    }

    private static void reapOne(Path directory) {
        Optional<Fd> lock = lock(directory);
        if (lock.isPresent()) {
            new Workspace(directory, lock.get()).close();
        }
    }
}
