package dev.slipway.image.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Files that nobody but their writer needs. A writer holds a lock on its file for as long as it lives, so that a file
 * without a lock is known to be left over, whatever process ids mean where the directory is shared.
 */
final class TemporaryFiles {
    /**
     * Begins the names of this process's files, so that it never opens them a second time: closing any descriptor of a
     * file would end all locks that the process has on it (POSIX, fcntl).
     */
    private static final String OURS = UUID.randomUUID() + ".";

    private static final int ATTEMPTS = 100;

    private final Path directory;

    private TemporaryFiles(Path directory) {
        this.directory = directory;
    }

    static TemporaryFiles open(Path directory) throws IOException {
        Files.createDirectories(directory);
        TemporaryFiles files = new TemporaryFiles(directory);
        files.removeStale();
        return files;
    }

    /** An open, locked file. Closing removes it, unless it has been moved away. */
    record Temporary(Path path, FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try (channel) {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + path, e);
            }
        }
    }

    Temporary create() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Path path = directory.resolve(OURS + UUID.randomUUID());
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (isLocked(channel) && Files.exists(path)) {
                return new Temporary(path, channel);
            }
            channel.close(); // another process took it for a left-over one before it was locked
            Files.deleteIfExists(path);
        }
        throw new IOException("cannot keep a file in " + directory);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Removes the files of processes that are gone. */
    void removeStale() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> !file.getFileName().toString().startsWith(OURS))
                    .toList();
        }
        for (Path file : files) {
            removeIfStale(file);
        }
    }

    private static void removeIfStale(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException | OverlappingFileLockException e) {
            return; // gone meanwhile, or another thread looks at it
        }
    }
}
