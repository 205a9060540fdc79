package dev.slipway.engine.copy;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Copies nodes between open directories: files, links, devices; directories are merged. Hardlinks within one source stay
 * hardlinks. Confined to one thread.
 */
final class TreeCopy implements AutoCloseable {
    private static final long CHUNK = 1L << 30;
    private static final int ATTEMPTS = 3;
    private static final int NEW_FILE_MODE = 0600;
    private static final int BUFFER = 64 * 1024;

    private final Attributes attributes;
    private final boolean overDirectories;
    private final FdStreams streams = new FdStreams();
    /** By what it is in the source: where the first name of a hardlinked file went. */
    private final Map<Identity, ByteString> linked = new HashMap<>();

    private long files;
    private long directories;
    private long bytes;

    /** @param overDirectories whether directories that are there get the attributes of those that are put over them */
    TreeCopy(Attributes attributes, boolean overDirectories) {
        this.attributes = attributes;
        this.overDirectories = overDirectories;
    }

    private record Identity(Device fileSystem, long inode) {}

    /** What follows is of another source: a name that was put earlier may be replaced meanwhile, and is no other name of it. */
    void beginSource() {
        linked.clear();
    }

    /** How many directories of sources were entered. */
    long directories() {
        return directories;
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    /**
     * Copies what a directory contains, not the directory itself.
     *
     * @param selection of paths relative to the directory
     */
    void contents(Fd source, Selection selection, Fd target) {
        Deque<CopyLevel> way = new ArrayDeque<>();
        way.push(new CopyLevel(source, target));
        try {
            while (!way.isEmpty()) {
                CopyLevel level = way.getFirst();
                if (level.names().hasNext()) {
                    node(level, level.names().next(), selection).ifPresent(way::push);
                } else {
                    finish(level);
                    way.pop().close();
                }
            }
        } finally {
            way.forEach(CopyLevel::close);
        }
    }

    /** @return the directory to go into next */
    private Optional<CopyLevel> node(CopyLevel level, ByteString name, Selection selection) {
        String path = level.path().isEmpty() ? name.toString() : level.path() + "/" + name;
        Optional<Stat> there = SourceNodes.find(level.source(), name);
        if (there.isEmpty()) {
            return Optional.empty();
        }
        Stat stat = there.get();
        boolean included = selection.includes(path);
        if (!stat.isDirectory()) {
            if (included) {
                leaf(level.source(), name, stat, level.target(), name);
            }
            return Optional.empty();
        }
        if (!included && !selection.mayIncludeBelow(path)) {
            return Optional.empty();
        }
        directories++;
        CopyLevel inner = new CopyLevel(level, name, path, stat);
        if (included) {
            inner.target();
        }
        return Optional.of(inner);
    }

    /** A directory gets its attributes when nothing more is put into it. */
    private void finish(CopyLevel level) {
        if (level.stat().isPresent() && level.isReached() && (overDirectories || level.isMade())) {
            attributes.applyTo(level.target(), level.source(), level.stat().get());
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
        boolean hasOtherNames = stat.isRegular() && stat.links() > 1;
        if (hasOtherNames) {
            ByteString first = linked.get(identity);
            if (first != null) {
                Nodes.makeHardlink(Fd.CWD, first, target, name);
                return;
            }
        }
        switch (stat.type()) {
            case REGULAR -> regular(sourceDirectory, sourceName, target, name);
            case SYMLINK -> {
                Nodes.makeSymlink(SourceNodes.readLink(sourceDirectory, sourceName), target, name);
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
        if (hasOtherNames) {
            remember(identity, target, name);
        }
    }

    /** As a path: there may be more of such files than there can be open descriptors. */
    private void remember(Identity identity, Fd target, ByteString name) {
        try {
            linked.put(identity, SourcePatterns.join(SourceRoot.realPath(target), name));
        } catch (LinuxException e) {
            if (!e.is(Errno.ENAMETOOLONG)) {
                throw e;
            }
            // Deeper than any path can say: its other names become files of their own.
        }
    }

    /** What somebody writes to while it is copied is copied again: half of the old and half of the new is neither. */
    private void regular(Fd sourceDirectory, ByteString sourceName, Fd target, ByteString name) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (Fd source = SourceNodes.openFile(sourceDirectory, sourceName);
                    Fd copy = Nodes.openAt(
                            target, name, NEW_FILE_MODE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.WRITE_ONLY)) {
                Stat before = Nodes.stat(source);
                if (!before.isRegular()) {
                    throw SourceNodes.changing(sourceDirectory, sourceName);
                }
                long copied = content(source, copy);
                if (SourceNodes.isUnchanged(before, Nodes.stat(source))) {
                    bytes += copied;
                    attributes.applyTo(copy, source, before);
                    return;
                }
            }
            Nodes.unlink(target, name);
        }
        throw SourceNodes.changing(sourceDirectory, sourceName);
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
        linked.clear();
        streams.close();
    }
}
