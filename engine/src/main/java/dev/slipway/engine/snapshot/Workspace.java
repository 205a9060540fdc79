package dev.slipway.engine.snapshot;

import dev.slipway.foundation.linux.ControlGroups;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.TreeRemoval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The directory of one running build, {@code builds/<id>} of the state directory. It is locked for as long as the process
 * lives; one without a lock belongs to a dead process and is removed by the next build. Thread-safe.
 */
public final class Workspace implements AutoCloseable {
    private final Path directory;
    private final Fd lock;
    private final AtomicInteger next = new AtomicInteger();

    private Workspace(Path directory, Fd lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** @throws IOException if the directory cannot be made */
    public static Workspace open(Path home) throws IOException {
        Path builds = Files.createDirectories(home.resolve("builds"));
        while (true) {
            Path directory =
                    builds.resolve(UUID.randomUUID().toString().replace("-", "").substring(0, 16));
            Files.createDirectory(directory);
            try {
                Fd lock = Nodes.openDirectory(directory);
                if (lock.tryLock() && Files.isDirectory(directory)) {
                    return new Workspace(directory, lock);
                }
                lock.close(); // taken for a leftover between the two calls
            } catch (LinuxException e) {
                if (!e.is(Errno.ENOENT)) {
                    throw e;
                }
            }
        }
    }

    /** Names the build: unique among those on this machine. */
    public String id() {
        return directory.getFileName().toString();
    }

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

    @Override
    public void close() {
        ControlGroups.remove(id());
        TreeRemoval.remove(directory);
        lock.close();
    }

    /** Removes what builds of dead processes have left. Their processes died with them. */
    public static void reap(Path home) throws IOException {
        Path builds = Files.createDirectories(home.resolve("builds"));
        List<Path> all;
        try (Stream<Path> children = Files.list(builds)) {
            all = children.toList();
        }
        for (Path directory : all) {
            try (Fd lock = Nodes.openDirectory(directory)) {
                if (lock.tryLock()) {
                    ControlGroups.remove(directory.getFileName().toString());
                    TreeRemoval.remove(directory);
                }
            } catch (LinuxException e) {
                if (!e.is(Errno.ENOENT)) {
                    throw e;
                }
            }
        }
    }
}
