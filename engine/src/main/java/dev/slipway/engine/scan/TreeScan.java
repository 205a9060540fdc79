package dev.slipway.engine.scan;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks at all nodes of a tree, remembers them in a file, and tells how they differ from what such a file remembers. Takes
 * time with the number of nodes, in the mode {@code FULL} also with their bytes; memory with the depth and the largest
 * directory. Nothing may write to the tree meanwhile. Follows no symlink.
 *
 * <p>When it returns, any later change gets a time that differs from those it has seen (see {@link ChangeTimes}).
 */
public final class TreeScan {
    /** As deep as a layer may be: each level has an open directory. */
    private static final int DEEPEST = 1000;

    private final SnapshotMode mode;
    private final ChangeTimes times;

    private TreeScan(SnapshotMode mode, ChangeTimes times) {
        this.mode = mode;
        this.times = times;
    }

    /**
     * Prepares scans of trees on one file system. Where that does not tell of every write to a file by its time of change
     * (tmpfs), {@code REDO} would lose some: content is compared then, as in {@code FULL}.
     *
     * @param directory empty, on the same file system as the trees, and not used for anything else
     */
    public static TreeScan prepare(SnapshotMode mode, Path directory) {
        ChangeTimes times = new ChangeTimes(directory);
        boolean blind = mode == SnapshotMode.REDO && !times.tellOfMappedWrites();
        return new TreeScan(blind ? SnapshotMode.FULL : mode, times);
    }

    /** What is compared, which may be more than was asked for. */
    public SnapshotMode mode() {
        return mode;
    }

    /** Remembers a tree in a new file. */
    public void remember(Path root, Path index) throws IOException {
        try (Walk walk = new Walk(root, index, Optional.empty(), new Ignored())) {
            walk.run();
        }
    }

    /**
     * Compares a tree with what is remembered of it, and remembers it in a new file.
     *
     * @throws BuildFailedException if the tree is deeper than a layer can be
     */
    public void compare(Path root, Path oldIndex, Path newIndex, Changes changes) throws IOException {
        try (Walk walk = new Walk(root, newIndex, Optional.of(new NodeIndex.Reader(oldIndex)), changes)) {
            walk.run();
        }
    }

    private static final class Ignored implements Changes {
        @Override
        public void changed(ByteString path, Fd directory, ByteString name, Stat stat) {}

        @Override
        public void deleted(ByteString path) {}

        @Override
        public boolean hasOldContent(ByteString path, Fd directory, ByteString name) {
            return true;
        }
    }

    /** One scan: goes through the tree and through what is remembered of it, side by side. */
    private final class Walk implements AutoCloseable {
        private final Fd root;
        private final NodeReader reader = new NodeReader(mode == SnapshotMode.FULL);
        private final NodeIndex.Writer writer;
        private final Optional<NodeIndex.Reader> old;
        private final Changes changes;
        private Optional<NodeState> before;
        /** What was gone, or became something else than a directory, with everything below it. */
        private Optional<ByteString> gone = Optional.empty();

        private FileTime latest = FileTime.EPOCH;

        Walk(Path root, Path index, Optional<NodeIndex.Reader> old, Changes changes) throws IOException {
            this.root = Nodes.openDirectory(root);
            this.writer = new NodeIndex.Writer(index);
            this.old = old;
            this.changes = changes;
            this.before = advance();
        }

        private Optional<NodeState> advance() throws IOException {
            return old.isPresent() ? old.get().next() : Optional.empty();
        }

        void run() throws IOException {
            directory(ByteString.EMPTY, root, 0);
            while (before.isPresent()) {
                missing();
            }
            times.awaitAfter(latest);
        }

        private void directory(ByteString path, Fd directory, int depth) throws IOException {
            if (depth > DEEPEST) {
                throw new BuildFailedException(Problem.of(
                                "a tree of more than " + DEEPEST + " levels cannot be put into a layer",
                                "below its first directory, /" + path.slice(0, path.indexOf('/', 0)))
                        .remedy("remove it in the instruction that makes it, or pack it into an archive"));
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new CancelledException(Problem.of("interrupted"));
            }
            for (ByteString name : DirectoryListing.of(directory)) {
                ByteString child =
                        path.isEmpty() ? name : path.plus(ByteString.of("/")).plus(name);
                Stat stat = Nodes.stat(directory, name);
                node(child, directory, name, stat);
                if (stat.isDirectory()) {
                    try (Fd inner = Nodes.openAt(directory, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW)) {
                        directory(child, inner, depth + 1);
                    }
                }
            }
        }

        private void node(ByteString path, Fd directory, ByteString name, Stat stat) throws IOException {
            NodeState after = reader.read(path, directory, name, stat);
            writer.write(after);
            if (after.changed().compareTo(latest) > 0) {
                latest = after.changed();
            }
            while (before.isPresent() && NodeIndex.compare(before.get().path(), path) < 0) {
                missing();
            }
            if (before.isEmpty() || !before.get().path().equals(path)) {
                changes.changed(path, directory, name, stat);
                return;
            }
            NodeState was = before.get();
            before = advance();
            if (was.isDirectory() && !after.isDirectory()) {
                gone = Optional.of(path);
            }
            Difference difference = Difference.of(was, after, mode);
            if (difference == Difference.CHANGED
                    || (difference == Difference.CONTENT_DECIDES && !changes.hasOldContent(path, directory, name))) {
                changes.changed(path, directory, name, stat);
            }
        }

        /** What was there has not been met: its name is gone, or that of a directory above. */
        private void missing() throws IOException {
            ByteString path = before.orElseThrow().path();
            before = advance();
            if (gone.isEmpty() || !NodeIndex.isBelow(path, gone.get())) {
                gone = Optional.of(path);
                changes.deleted(path);
            }
        }

        @Override
        public void close() throws IOException {
            try (root;
                    reader;
                    writer) {
                if (old.isPresent()) {
                    old.get().close();
                }
            }
        }
    }
}
