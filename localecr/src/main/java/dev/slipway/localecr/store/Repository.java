package dev.slipway.localecr.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/** One repository on the disk. Thread-safe. */
public final class Repository {
    private static final String SETTINGS = "repository.json";

    private final Path folder;
    private final Incoming incoming;
    private final ReentrantLock lock;
    private final RepositorySettings settings;

    private Repository(Path folder, Incoming incoming, ReentrantLock lock, RepositorySettings settings) {
        this.folder = folder;
        this.incoming = incoming;
        this.lock = lock;
        this.settings = settings;
    }

    /** A check and the change that relies on it. */
    @FunctionalInterface
    interface Change<T> {
        T run() throws IOException;
    }

    static boolean existsAt(Path folder) {
        return Files.exists(folder.resolve(SETTINGS));
    }

    static Repository open(Path folder, Incoming incoming, ReentrantLock lock) throws IOException {
        RepositorySettings settings = RepositorySettings.ofJson(Files.readAllBytes(folder.resolve(SETTINGS)));
        return new Repository(folder, incoming, lock, settings);
    }

    static Repository create(Path folder, Incoming incoming, ReentrantLock lock, RepositorySettings settings)
            throws IOException {
        Repository repository = new Repository(folder, incoming, lock, settings);
        repository.save(settings);
        return repository;
    }

    /** As they were when this object was made. */
    public RepositorySettings settings() {
        return settings;
    }

    public Blobs blobs() {
        return new Blobs(folder.resolve("blobs"), incoming);
    }

    public Images images() {
        return new Images(folder, incoming);
    }

    /** Whether it has not been deleted since this object was made. */
    boolean exists() {
        return existsAt(folder);
    }

    /** Whether ECR would mount a layer from there to here. */
    public boolean mayMountFrom(Repository source) {
        return settings.sameEncryption(source.settings);
    }

    void save(RepositorySettings changed) throws IOException {
        incoming.write(folder.resolve(SETTINGS), changed.toJson(), changed.createdAt());
    }

    /** The settings go first: without them the rest is no repository, should the process die half way. */
    void delete() throws IOException {
        Files.delete(folder.resolve(SETTINGS));
        Folders.deleteTree(folder);
    }

    /** Runs one change of images or settings at a time. */
    <T> T exclusively(Change<T> change) throws IOException {
        lock.lock();
        try {
            return change.run();
        } finally {
            lock.unlock();
        }
    }
}
