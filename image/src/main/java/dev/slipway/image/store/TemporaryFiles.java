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
            try {
                Files.deleteIfExists(path);
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + path, e);
            }
        }
    }

    Temporary create() throws IOException {
        Path path = directory.resolve(UUID.randomUUID().toString());
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new IOException("cannot lock " + path);
        }
        return new Temporary(path, channel);
    }

    private void removeStale() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.toList();
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
            return; // gone meanwhile, or a writer of this process
        }
    }
}
