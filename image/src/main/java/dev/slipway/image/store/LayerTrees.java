package dev.slipway.image.store;

import dev.slipway.foundation.linux.TreeRemoval;
import dev.slipway.image.model.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Unpacked layers, each in a directory of its own: {@code trees/<algorithm>/<hex>}, by DiffID, or by ChainID where a layer
 * means something only on those below it. A directory of that name is whole. Thread-safe, and safe for several processes: one unpacks, the others wait.
 */
public final class LayerTrees {
    private static final ConcurrentHashMap<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private final Path trees;
    private final Path unfinished;
    private final Path locks;

    private LayerTrees(Path home) {
        this.trees = home.resolve("trees");
        this.unfinished = trees.resolve("unfinished");
        this.locks = trees.resolve("locks");
    }

    /** Opens the trees of a state directory, which is made if it is not there. */
    public static LayerTrees open(Path home) throws IOException {
        LayerTrees all = new LayerTrees(home);
        Files.createDirectories(all.unfinished);
        Files.createDirectories(all.locks);
        return all;
    }

    /** Fills an empty directory with a layer. */
    @FunctionalInterface
    public interface Unpack {
        void into(Path directory) throws IOException;
    }

    /** The directory of that key, if it is there. */
    public Optional<Path> find(Digest key) {
        return Optional.of(path(key)).filter(Files::isDirectory);
    }

    private Path path(Digest key) {
        return trees.resolve(key.algorithm()).resolve(key.hex());
    }

    /**
     * The directory of the layer, unpacked now if it is not there yet.
     *
     * @throws IOException if unpacking fails; nothing is kept then
     */
    public Path obtain(Digest key, Unpack unpack) throws IOException {
        Path tree = path(key);
        if (Files.isDirectory(tree)) {
            return tree;
        }
        Path lockFile = locks.resolve(key.hex());
        ReentrantLock lock = LOCKS.computeIfAbsent(lockFile, path -> new ReentrantLock());
        lock.lock();
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (held.isValid() && !Files.isDirectory(tree)) {
                make(key, tree, unpack);
            }
            return tree;
        } finally {
            lock.unlock();
        }
    }

    private void make(Digest key, Path tree, Unpack unpack) throws IOException {
        Path work = unfinished.resolve(key.hex());
        TreeRemoval.remove(work); // whoever began it is dead: the lock is ours
        Files.createDirectory(work);
        try {
            unpack.into(work);
            Files.createDirectories(tree.getParent());
            Files.move(work, tree, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            TreeRemoval.remove(work);
            throw e;
        }
    }

    /** Removes what dead processes have left half unpacked; what a living one works on stays. */
    public void removeStale() throws IOException {
        List<Path> all;
        try (Stream<Path> children = Files.list(unfinished)) {
            all = children.toList();
        }
        for (Path work : all) {
            Path lockFile = locks.resolve(work.getFileName());
            ReentrantLock lock = LOCKS.computeIfAbsent(lockFile, path -> new ReentrantLock());
            if (!lock.tryLock()) {
                continue;
            }
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.tryLock()) {
                if (held != null) {
                    TreeRemoval.remove(work);
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
