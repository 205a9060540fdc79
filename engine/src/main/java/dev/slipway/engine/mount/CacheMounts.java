package dev.slipway.engine.mount;

import dev.slipway.dockerfile.instruction.Mount.Sharing;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.TreeRemoval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The caches of this machine, {@code cache-mounts/<hash of the identity>/<number>/data} of the state directory. The
 * directory of a number is locked by its users, of whichever process: a cache that is being used alone has one user. A
 * cache appears whole or not at all. Thread-safe.
 */
final class CacheMounts {
    private static final String DIRECTORY = "cache-mounts";
    private static final String DATA = "data";
    private static final int HASH_LENGTH = 32;
    private static final long LOOK_MILLIS = 25;

    private final Path home;

    CacheMounts(Path home) {
        this.home = home;
    }

    /** Fills a new cache. */
    @FunctionalInterface
    interface Start {
        /** @param data where nothing is yet; it is a directory afterwards */
        void make(Path data) throws IOException;
    }

    /**
     * A cache in use.
     *
     * @param data an absolute path without symlinks
     */
    record Held(Path data, Fd lock) implements AutoCloseable {
        @Override
        public void close() {
            lock.close();
        }
    }

    /**
     * Takes a cache, once it is free.
     *
     * @param identity what makes it this cache
     * @throws CancelledException if the thread is interrupted while it waits
     * @throws MachineException if the state directory cannot be written
     */
    Held take(String identity, Sharing sharing, Start start) {
        try {
            Path cache = directory(identity);
            for (int number = 0; ; number++) {
                Fd lock = Nodes.openDirectory(Files.createDirectories(cache.resolve(Integer.toString(number))));
                boolean held = false;
                try {
                    Optional<Held> taken = sharing == Sharing.PRIVATE
                            ? attempt(cache, number, lock, false, start)
                            : Optional.of(await(cache, number, lock, sharing == Sharing.SHARED, start));
                    held = taken.isPresent();
                    if (held) {
                        return taken.get();
                    }
                } finally {
                    if (!held) {
                        lock.close();
                    }
                }
            }
        } catch (IOException e) {
            throw new MachineException(
                    new Problem(home.resolve(DIRECTORY).toString(), "cannot use a cache mount", String.valueOf(e), ""),
                    e);
        }
    }

    private Path directory(String identity) throws IOException {
        Path all = Files.createDirectories(home.resolve(DIRECTORY)).toRealPath();
        Files.setPosixFilePermissions(all, PosixFilePermissions.fromString("rwx------"));
        return all.resolve(hash(identity));
    }

    private static Held await(Path cache, int number, Fd lock, boolean shared, Start start) throws IOException {
        while (true) {
            Optional<Held> taken = attempt(cache, number, lock, shared, start);
            if (taken.isPresent()) {
                return taken.get();
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException(Problem.of("interrupted"), e);
            }
        }
    }

    private static Optional<Held> attempt(Path cache, int number, Fd lock, boolean shared, Start start)
            throws IOException {
        Path place = cache.resolve(Integer.toString(number));
        Path data = place.resolve(DATA);
        if (!Files.isDirectory(data)) {
            if (!lock.tryLock()) {
                return Optional.empty();
            }
            make(place, data, start);
        }
        boolean taken = shared ? lock.tryLockShared() : lock.tryLock();
        return taken ? Optional.of(new Held(data, lock)) : Optional.empty();
    }

    /** Under the lock. What a process has left that died here is removed. */
    private static void make(Path place, Path data, Start start) throws IOException {
        if (Files.isDirectory(data)) {
            return;
        }
        Path unfinished = place.resolve("unfinished");
        TreeRemoval.remove(unfinished);
        start.make(unfinished);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** An empty directory. */
    static void empty(Path data, int mode, int uid, int gid) throws IOException {
        Files.createDirectories(data);
        Nodes.changeOwner(Fd.CWD, ByteString.of(data), uid, gid);
        Nodes.changeMode(Fd.CWD, ByteString.of(data), mode);
    }

    private static String hash(String identity) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
