package dev.slipway.engine.copy;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Copies nodes between open directories: files, links, devices; directories are merged. Hardlinks within one copy stay
 * hardlinks. Confined to one thread.
 */
final class TreeCopy implements AutoCloseable {
    private static final long CHUNK = 1L << 30;
    private static final int NEW_FILE_MODE = 0600;
    private static final int NEW_DIRECTORY_MODE = 0700;
    private static final int BUFFER = 64 * 1024;

    private final Attributes attributes;
    private final Selection selection;
    private final FdStreams streams = new FdStreams();
    private final Map<Identity, Linked> linked = new HashMap<>();
    private long files;
    private long bytes;

    TreeCopy(Attributes attributes, Selection selection) {
        this.attributes = attributes;
        this.selection = selection;
    }

    private record Identity(Device fileSystem, long inode) {}

    /** Where the first name of a hardlinked file went; its directory stays open until the copy is done. */
    private record Linked(Fd directory, ByteString name) {}

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    /** Copies what a directory contains, not the directory itself. */
    void contents(Fd source, ByteString sourcePath, Fd target) {
        for (ByteString name : DirectoryListing.of(source)) {
            node(source, SourcePatterns.join(sourcePath, name), name, new Target(target), name);
        }
    }

    /** Copies one node that is not a directory, under a name of its own. */
    void leaf(Fd sourceDirectory, ByteString sourceName, Stat stat, Fd target, ByteString name) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(Problem.of("interrupted"));
        }
        replace(target, name);
        files++;
        Identity identity = new Identity(stat.fileSystem(), stat.inode());
        if (stat.links() > 1) {
            Linked first = linked.get(identity);
            if (first != null) {
                Nodes.makeHardlink(first.directory(), first.name(), target, name);
                return;
            }
        }
        switch (stat.type()) {
            case REGULAR -> regular(sourceDirectory, sourceName, stat, target, name);
            case SYMLINK -> {
                Nodes.makeSymlink(Nodes.readLink(sourceDirectory, sourceName), target, name);
                attributes.applyTo(target, name, stat);
            }
            case FIFO, CHARACTER_DEVICE, BLOCK_DEVICE -> {
                Nodes.makeNode(target, name, stat.type(), NEW_FILE_MODE, stat.device());
                attributes.applyTo(target, name, stat);
            }
            case SOCKET -> {
                // What others send for a socket of the context: an empty file of the same mode.
                Nodes.makeNode(target, name, FileType.REGULAR, NEW_FILE_MODE, Device.NONE);
                attributes.applyTo(target, name, stat);
            }
            case DIRECTORY -> throw new IllegalArgumentException("a directory is no leaf");
        }
        if (stat.links() > 1) {
            Fd kept = Nodes.openInRoot(target, ByteString.of("."), 0, OpenFlag.DIRECTORY);
            linked.put(identity, new Linked(kept, name));
        }
    }

    private void node(Fd source, ByteString path, ByteString name, Target target, ByteString targetName) {
        Stat stat = Nodes.stat(source, name);
        boolean included = selection.includes(path.toString());
        if (stat.isDirectory()) {
            if (included || selection.mayIncludeBelow(path.toString())) {
                directory(source, path, name, stat, new Target(target, targetName, path), included);
            }
        } else if (included) {
            leaf(source, name, stat, target.open(), targetName);
        }
    }

    private void directory(Fd source, ByteString path, ByteString name, Stat stat, Target target, boolean included) {
        try (Fd directory = Nodes.openAt(source, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW);
                target) {
            if (included) {
                target.open();
            }
            for (ByteString child : DirectoryListing.of(directory)) {
                node(directory, SourcePatterns.join(path, child), child, target, child);
            }
            if (target.isOpen()) {
                attributes.applyTo(target.open(), directory, stat);
            }
        }
    }

    private void regular(Fd sourceDirectory, ByteString sourceName, Stat stat, Fd target, ByteString name) {
        try (Fd source = Nodes.openAt(sourceDirectory, sourceName, 0, OpenFlag.NO_FOLLOW, OpenFlag.NON_BLOCKING);
                Fd copy = Nodes.openAt(
                        target, name, NEW_FILE_MODE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.WRITE_ONLY)) {
            bytes += content(source, copy);
            attributes.applyTo(copy, source, stat);
        }
    }

    private long content(Fd source, Fd copy) {
        long done = 0;
        try {
            for (long part = source.copyTo(copy, CHUNK); part > 0; part = source.copyTo(copy, CHUNK)) {
                done += part;
            }
            if (done > 0) {
                return done;
            }
        } catch (LinuxException e) {
            if (done > 0 || !e.is(Errno.EXDEV, Errno.EINVAL, Errno.ENOSYS, Errno.ENOTSUP, Errno.EPERM)) {
                throw e;
            }
        }
        // Also where the kernel copies nothing without an error, as for files of /proc and /sys.
        byte[] buffer = new byte[BUFFER];
        for (int part = streams.read(source, buffer, 0, BUFFER);
                part > 0;
                part = streams.read(source, buffer, 0, BUFFER)) {
            streams.write(copy, buffer, 0, part);
            done += part;
        }
        return done;
    }

    /** Makes room for a new node: what is there goes, unless it is a directory. */
    private static void replace(Fd target, ByteString name) {
        Optional<Stat> there = Nodes.find(target, name);
        if (there.isEmpty()) {
            return;
        }
        if (there.get().isDirectory()) {
            throw new BuildFailedException(Problem.of(
                            "cannot replace the directory '" + name + "' by a file", "COPY does not remove directories")
                    .remedy("remove it with RUN before, or copy to another name"));
        }
        Nodes.unlink(target, name);
    }

    @Override
    public void close() {
        linked.values().forEach(link -> link.directory().close());
        linked.clear();
        streams.close();
    }

    /**
     * A directory of the destination that is made only when something is put into it, so that excluded directories
     * appear only where something below them is taken back.
     */
    private static final class Target implements AutoCloseable {
        private final Optional<Target> parent;
        private final ByteString name;
        private final ByteString path;
        private final boolean owned;
        private Optional<Fd> directory;

        Target(Fd open) {
            this.parent = Optional.empty();
            this.name = ByteString.EMPTY;
            this.path = ByteString.EMPTY;
            this.owned = false;
            this.directory = Optional.of(open);
        }

        Target(Target parent, ByteString name, ByteString path) {
            this.parent = Optional.of(parent);
            this.name = name;
            this.path = path;
            this.owned = true;
            this.directory = Optional.empty();
        }

        boolean isOpen() {
            return directory.isPresent();
        }

        Fd open() {
            if (directory.isEmpty()) {
                Fd above = parent.orElseThrow().open();
                Optional<Stat> there = Nodes.find(above, name);
                if (there.isPresent() && !there.get().isDirectory()) {
                    throw new BuildFailedException(Problem.of("cannot copy to non-directory: " + path));
                }
                if (there.isEmpty()) {
                    Nodes.makeDirectory(above, name, NEW_DIRECTORY_MODE);
                }
                directory = Optional.of(Nodes.openAt(above, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW));
            }
            return directory.get();
        }

        @Override
        public void close() {
            if (owned) {
                directory.ifPresent(Fd::close);
            }
        }
    }
}
