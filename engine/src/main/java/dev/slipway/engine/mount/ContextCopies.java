package dev.slipway.engine.mount;

import dev.slipway.dockerfile.source.LocalPath;
import dev.slipway.engine.copy.CopyJob;
import dev.slipway.engine.copy.DestinationRoot;
import dev.slipway.engine.copy.RemoteRoots;
import dev.slipway.engine.copy.SourceRoot;
import dev.slipway.engine.plan.FileSource;
import dev.slipway.engine.plan.Operation;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.Place;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * What commands see of build contexts: a copy, made once a build and path, in which files belong to root and what
 * {@code .dockerignore} leaves out is not there. Thread-safe.
 */
final class ContextCopies {
    private final Workspace workspace;
    private final Map<Key, Path> made = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    ContextCopies(Workspace workspace) {
        this.workspace = workspace;
    }

    private record Key(FileSource context, String path) {}

    /**
     * The copy of a path of a context.
     *
     * @param open opens the context
     * @return a directory or a file
     * @throws dev.slipway.foundation.error.BuildFailedException without a place if there is nothing of that name
     */
    Path of(FileSource context, String path, Place place, Function<FileSource, SourceRoot> open) {
        lock.lock();
        try {
            Key key = new Key(context, path);
            Path there = made.get(key);
            if (there == null) {
                there = copy(key, place, open);
                made.put(key, there);
            }
            return there;
        } finally {
            lock.unlock();
        }
    }

    private Path copy(Key key, Place place, Function<FileSource, SourceRoot> open) {
        Path directory = workspace.newDirectory("context");
        try (SourceRoot source = open.apply(key.context());
                DestinationRoot destination = DestinationRoot.open(directory)) {
            new CopyJob(whole(key, place), source, RemoteRoots.NONE, destination, Optional.empty()).run();
        }
        return directory.resolve(NAME);
    }

    private static final String NAME = "files";

    private static Operation.Copy whole(Key key, Place place) {
        return copyOf(key.context(), key.path(), "/" + NAME, place);
    }

    /** All of a path, under a new name. */
    static Operation.Copy copyOf(FileSource from, String path, String destination, Place place) {
        return new Operation.Copy(
                place,
                "--mount",
                from,
                List.of(new LocalPath(literal(path))),
                List.of(),
                destination,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                List.of(),
                false,
                false);
    }

    /** Sources of COPY are patterns. */
    private static String literal(String path) {
        return path.replaceAll("[*?\\[\\]\\\\]", "\\\\$0");
    }
}
