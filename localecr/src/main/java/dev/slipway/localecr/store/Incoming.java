package dev.slipway.localecr.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where files grow until they are whole; then they are renamed to their place. So a name in the store never shows half
 * a file, wherever the process dies.
 */
final class Incoming {
    private final Path folder;

    private Incoming(Path folder) {
        this.folder = folder;
    }

    /** Removes what an earlier process left unfinished. */
    static Incoming clean(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> rest = Files.list(folder)) {
            for (Path file : rest.toList()) {
                Files.delete(file);
            }
        }
        return new Incoming(folder);
    }

    /** A name that nothing else uses; the file does not exist yet. */
    Path newFile() {
        return folder.resolve(UUID.randomUUID().toString());
    }

    /** Puts the bytes at the target in one step; an older file there is replaced. */
    void write(Path target, byte[] bytes, Instant modified) throws IOException {
        Path half = newFile();
        Files.write(half, bytes);
        Files.setLastModifiedTime(half, FileTime.from(modified));
        Files.createDirectories(parent(target));
        Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Puts a finished file of this folder at the target in one step. */
    void place(Path whole, Path target) throws IOException {
        Files.createDirectories(parent(target));
        Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path parent(Path target) throws FileSystemException {
        Path parent = target.getParent();
        if (parent == null) {
            throw new FileSystemException(target.toString(), null, "has no parent");
        }
        return parent;
    }
}
