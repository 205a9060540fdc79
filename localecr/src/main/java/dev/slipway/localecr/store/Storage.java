package dev.slipway.localecr.store;

import dev.slipway.localecr.key.ServerKey;
import dev.slipway.localecr.model.RegistryId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The data directory of the stand-in; one process at a time may use it. */
public final class Storage implements AutoCloseable {
    private final Path root;
    private final boolean accountsAreOne;
    private final FileChannel lockFile;
    private final Incoming incoming;
    private final ServerKey key;
    private final ConcurrentMap<Path, ReentrantLock> locks = Repositories.newLocks();

    private Storage(Path root, boolean accountsAreOne, FileChannel lockFile) throws IOException {
        this.root = root;
        this.accountsAreOne = accountsAreOne;
        this.lockFile = lockFile;
        this.incoming = Incoming.clean(root.resolve("incoming"));
        this.key = ServerKey.of(root.resolve("server.key"));
    }

    /**
     * @param accountsAreOne one set of repositories serves every account and region
     * @throws IOException if the directory cannot be used, or another process uses it
     */
    public static Storage open(Path root, boolean accountsAreOne) throws IOException {
        Files.createDirectories(root);
        FileChannel lockFile =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock(lockFile) == null) {
                throw new FileSystemException(root.toString(), null, "another local ECR uses the directory");
            }
            return new Storage(root, accountsAreOne, lockFile);
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public ServerKey key() {
        return key;
    }

    public Repositories repositories(RegistryId registry) {
        Path place = accountsAreOne
                ? root.resolve("repositories")
                : root.resolve("registries").resolve(registry.account()).resolve(registry.region());
        return new Repositories(registry, place, incoming, locks);
    }

    /** The open uploads, of all registries. */
    public Uploads newUploads() {
        return new Uploads(incoming);
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
