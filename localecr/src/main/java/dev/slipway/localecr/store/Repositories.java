package dev.slipway.localecr.store;

import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.model.TagMutability;
import dev.slipway.localecr.model.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** The repositories of one registry. Thread-safe. */
public final class Repositories {
    private final RegistryId registry;
    private final Path folder;
    private final Incoming incoming;
    private final ConcurrentMap<Path, ReentrantLock> locks;

    Repositories(RegistryId registry, Path folder, Incoming incoming, ConcurrentMap<Path, ReentrantLock> locks) {
        this.registry = registry;
        this.folder = folder;
        this.incoming = incoming;
        this.locks = locks;
    }

    static ConcurrentMap<Path, ReentrantLock> newLocks() {
        return new ConcurrentHashMap<>();
    }

    /** Whom this registry says it is. */
    public RegistryId registry() {
        return registry;
    }

    public Optional<Repository> find(RepositoryName name) throws IOException {
        Path place = place(name);
        return Repository.existsAt(place)
                ? Optional.of(Repository.open(place, incoming, lock(place)))
                : Optional.empty();
    }

    /** @throws dev.slipway.localecr.model.Refusal if there is none of that name */
    public Repository get(RepositoryName name) throws IOException {
        return find(name).orElseThrow(() -> Reason.REPOSITORY_MISSING.refuse(Texts.repositoryMissing(name, registry)));
    }

    /** Every repository in the order of the names. */
    public List<Repository> all() throws IOException {
        List<Repository> all = new ArrayList<>();
        for (String file : Folders.list(folder)) {
            Path place = folder.resolve(file);
            if (Repository.existsAt(place)) {
                all.add(Repository.open(place, incoming, lock(place)));
            }
        }
        all.sort(Comparator.comparing(repository -> repository.settings().name()));
        return all;
    }

    /** @throws dev.slipway.localecr.model.Refusal if the name is taken */
    public Repository create(RepositorySettings settings) throws IOException {
        Path place = place(settings.name());
        ReentrantLock lock = lock(place);
        lock.lock();
        try {
            if (Repository.existsAt(place)) {
                throw Reason.REPOSITORY_EXISTS.refuse(Texts.repositoryExists(settings.name(), registry));
            }
            if (Files.exists(place)) {
                // left over from a deletion that was cut short or that overtook a push
                Folders.deleteTree(place);
            }
            return Repository.create(place, incoming, lock, settings);
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param force deletes the images, too
     * @throws dev.slipway.localecr.model.Refusal if there is no such repository or it still holds images
     */
    public RepositorySettings delete(RepositoryName name, boolean force) throws IOException {
        Repository repository = get(name);
        return repository.exclusively(() -> {
            if (!force && !repository.images().digests().isEmpty()) {
                throw Reason.REPOSITORY_NOT_EMPTY.refuse(Texts.repositoryNotEmpty(name, registry));
            }
            repository.delete();
            return repository.settings();
        });
    }

    /** @throws dev.slipway.localecr.model.Refusal if there is no such repository */
    public void setMutability(RepositoryName name, TagMutability mutability) throws IOException {
        Repository repository = get(name);
        repository.exclusively(() -> {
            repository.save(get(name).settings().withMutability(mutability));
            return name;
        });
    }

    private Path place(RepositoryName name) {
        return folder.resolve(Folders.of(name));
    }

    private ReentrantLock lock(Path place) {
        return locks.computeIfAbsent(place, _ -> new ReentrantLock());
    }
}
