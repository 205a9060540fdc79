package dev.slipway.image.store;

import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.TreeRemoval;
import dev.slipway.image.model.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
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
 * Unpacked layers by DiffID, or by ChainID where a layer means something only on those below it: {@code
 * trees/<algorithm>/<hex>} has the layer in {@code fs} and facts about it in {@code ok}. A directory of that name is
 * whole: it is made elsewhere and gets its name by a rename. Thread-safe, and safe for several processes: one unpacks, the
 * others wait. Nothing keeps a tree from being removed while it is in use.
 */
public final class LayerTrees {
    /** POSIX locks are the process's, so that threads need locks of their own. By lock file. */
    private static final ConcurrentHashMap<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private static final String CONTENT = "fs";
    private static final String FACTS = "ok";

    private final BlobFiles trees;
    private final Path unfinished;
    private final Path locks;

    private LayerTrees(Path home) {
        Path root = home.resolve("trees");
        this.trees = new BlobFiles(root);
        this.unfinished = root.resolve("unfinished");
        this.locks = root.resolve("locks");
    }

    /** Opens the trees of a state directory, which is made if it is not there. */
    public static LayerTrees open(Path home) throws IOException {
        LayerTrees all = new LayerTrees(Files.createDirectories(home).toRealPath());
        Files.createDirectories(all.unfinished);
        Files.createDirectories(all.locks);
        return all;
    }

    /** Fills an empty directory with a layer. Must fail if the layer's bytes do not have the DiffID. */
    @FunctionalInterface
    public interface Unpack {
        void into(Path emptyDirectory) throws IOException;
    }

    /**
     * The directory of the layer, unpacked now if it is not there yet. It is not to be written to.
     *
     * @throws IOException if unpacking fails or the thread is interrupted; nothing is kept then
     * @throws dev.slipway.foundation.error.MachineException if the disk is full; nothing is kept then
     */
    public Path obtain(Digest key, Unpack unpack) throws IOException {
        Path tree = trees.path(key);
        if (!isWhole(tree)) {
            locked(key, () -> {
                if (!isWhole(tree)) {
                    make(key, tree, unpack);
                }
            });
        }
        return tree.resolve(CONTENT);
    }

    /** The directory of the layer, if it is there. */
    public Optional<Path> find(Digest key) {
        Path tree = trees.path(key);
        return isWhole(tree) ? Optional.of(tree.resolve(CONTENT)) : Optional.empty();
    }

    private static boolean isWhole(Path tree) {
        return Files.exists(tree.resolve(FACTS));
    }

    private void make(Digest key, Path tree, Unpack unpack) throws IOException {
        Path work = unfinished.resolve(workName(key));
        TreeRemoval.remove(work); // whoever began it is dead: the lock is ours
        try {
            Path content = Files.createDirectories(work.resolve(CONTENT));
            unpack.into(content);
            TreeFacts.of(content).writeTo(work.resolve(FACTS));
            Files.createDirectories(tree.getParent());
            TreeRemoval.remove(tree); // there is one only if its facts were taken away by hand
            Files.move(work, tree, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            long taken = diskBytes(work);
            throw StoreErrors.writing(tree, taken, undone(work, e));
        } catch (RuntimeException e) {
            long taken = diskBytes(work);
            throw StoreErrors.writing(tree, taken, undone(work, e));
        }
    }

    /** What a half-unpacked layer takes: a whole one takes more. */
    private static long diskBytes(Path work) {
        try {
            return TreeFacts.of(work).diskBytes();
        } catch (LinuxException e) {
            return 0;
        }
    }

    private static <E extends Exception> E undone(Path work, E failure) {
        try {
            TreeRemoval.remove(work);
        } catch (LinuxException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    /** Where they lie: the disk that they take room of. */
    public Path directory() {
        return trees.root();
    }

    /** The keys of all layers that are there, sorted. */
    public List<Digest> list() throws IOException {
        return trees.list().stream().filter(key -> find(key).isPresent()).toList();
    }

    /** Bytes that the layer takes on the disk. */
    public long size(Digest key) throws IOException {
        return TreeFacts.read(trees.path(key).resolve(FACTS)).diskBytes();
    }

    /** Removes the layer; does nothing if it is not there. */
    public void remove(Digest key) throws IOException {
        Path tree = trees.path(key);
        locked(key, () -> {
            if (Files.exists(tree)) {
                Path work = unfinished.resolve(workName(key));
                TreeRemoval.remove(work);
                Files.move(tree, work, StandardCopyOption.ATOMIC_MOVE); // never half there under its name
                TreeRemoval.remove(work);
            }
        });
    }

    /** Removes what dead processes have left half unpacked; what a living one works on stays. */
    public void removeStale() throws IOException {
        List<Path> all;
        try (Stream<Path> children = Files.list(unfinished)) {
            all = children.toList();
        }
        for (Path work : all) {
            removeIfStale(work);
        }
    }

    private void removeIfStale(Path work) throws IOException {
        Path lockFile = locks.resolve(work.getFileName());
        ReentrantLock lock = LOCKS.computeIfAbsent(lockFile, path -> new ReentrantLock());
        if (!lock.tryLock()) {
            return;
        }
        try (FileChannel channel = lockChannel(lockFile);
                FileLock held = channel.tryLock()) {
            if (held != null) {
                TreeRemoval.remove(work);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is done while nobody else works on the same layer. */
    private interface Work {
        void run() throws IOException;
    }

    private void locked(Digest key, Work work) throws IOException {
        Path lockFile = locks.resolve(workName(key));
        ReentrantLock lock = LOCKS.computeIfAbsent(lockFile, path -> new ReentrantLock());
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new FileLockInterruptionException().initCause(e);
        }
        try (FileChannel channel = openLock(lockFile);
                FileLock held = channel.lock()) {
            if (!held.isValid()) {
                throw new IOException("lost the lock of " + lockFile);
            }
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private static FileChannel openLock(Path lockFile) throws IOException {
        try {
            return lockChannel(lockFile);
        } catch (IOException e) {
            throw StoreErrors.writing(lockFile, 0, e);
        }
    }

    private static FileChannel lockChannel(Path lockFile) throws IOException {
        return FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static String workName(Digest key) {
        return key.algorithm() + "-" + key.hex();
    }
}
