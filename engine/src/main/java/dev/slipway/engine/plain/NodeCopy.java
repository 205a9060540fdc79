package dev.slipway.engine.plain;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.foundation.linux.Xattrs;
import dev.slipway.image.layer.Attributes;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Copies nodes with all that a layer says of them. File systems that can (xfs, btrfs) share the content, others copy it
 * within the kernel; holes stay holes. Never by a hard link: a command that writes in place would change both.
 */
final class NodeCopy implements AutoCloseable {
    private static final ByteString CAPABILITY = ByteString.of("security.capability");
    private static final int NEW_FILE = 0600;
    private static final int NEW_DIRECTORY = 0700;
    private static final long CHUNK = 1L << 30;

    private final FdStreams streams = new FdStreams();
    private final byte[] buffer = new byte[64 * 1024];

    /**
     * A node to copy.
     *
     * @param xattrs those that belong to a layer
     * @param target where a symlink points to
     * @param content the open file; it is closed after the copy
     */
    record Origin(
            Stat stat, SortedMap<ByteString, ByteString> xattrs, Supplier<ByteString> target, Supplier<Fd> content) {
        /** A node of the disk. */
        static Origin of(Fd directory, ByteString name, Stat stat) {
            return new Origin(
                    stat,
                    keptXattrs(directory, name),
                    () -> Nodes.readLink(directory, name),
                    () -> Nodes.openAt(directory, name, 0, OpenFlag.NO_FOLLOW, OpenFlag.NON_BLOCKING));
        }

        private static SortedMap<ByteString, ByteString> keptXattrs(Fd directory, ByteString name) {
            SortedMap<ByteString, ByteString> kept = new TreeMap<>();
            for (ByteString attribute : Xattrs.list(directory, name)) {
                if (Attributes.isKept(attribute)) {
                    Xattrs.get(directory, name, attribute)
                            .ifPresent(value -> kept.put(attribute, ByteString.of(value)));
                }
            }
            return kept;
        }
    }

    /** Makes the directory, empty and for root alone; {@link #describe} when it is full. */
    static void makeDirectory(Fd directory, ByteString name) {
        Nodes.makeDirectory(directory, name, NEW_DIRECTORY);
    }

    /** Copies a node that is no directory; nothing has the name yet. */
    void copy(Origin origin, Fd directory, ByteString name) {
        Stat stat = origin.stat();
        switch (stat.type()) {
            case REGULAR -> regular(origin, directory, name);
            case SYMLINK -> Nodes.makeSymlink(origin.target().get(), directory, name);
            case FIFO, CHARACTER_DEVICE, BLOCK_DEVICE, SOCKET ->
                Nodes.makeNode(directory, name, stat.type(), NEW_FILE, stat.device());
            case DIRECTORY -> throw new IllegalArgumentException("a directory: " + name);
        }
        describe(origin, directory, name);
    }

    /** Gives a copy, which nobody else can reach, the attributes of its original: owner, mode, the others, times. */
    static void describe(Origin origin, Fd directory, ByteString name) {
        Stat stat = origin.stat();
        Nodes.changeOwner(directory, name, stat.uid(), stat.gid());
        if (!stat.isSymlink()) {
            Nodes.changeMode(directory, name, stat.mode());
        }
        origin.xattrs().forEach((attribute, value) -> {
            try {
                Xattrs.set(directory, name, attribute, value.toBytes());
            } catch (LinuxException e) {
                if (attribute.equals(CAPABILITY) || !e.is(Errno.ENOTSUP, Errno.EPERM)) {
                    throw e;
                }
                // As when a layer is unpacked: user attributes are dropped where the file system has none.
            }
        });
        Nodes.changeTimes(directory, name, stat.accessed(), stat.modified());
    }

    private void regular(Origin origin, Fd directory, ByteString name) {
        try (Fd source = origin.content().get();
                Fd copy = Nodes.openAt(
                        directory, name, NEW_FILE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.WRITE_ONLY)) {
            long size = Nodes.stat(source).size();
            long at = source.nextData(0);
            while (at >= 0 && at < size) {
                long end = source.nextHole(at);
                source.seek(at);
                copy.seek(at);
                extent(source, copy, Math.min(end, size) - at);
                at = source.nextData(end);
            }
            copy.truncate(size);
        }
    }

    private void extent(Fd source, Fd copy, long bytes) {
        long left = bytes;
        try {
            while (left > 0) {
                long done = source.copyTo(copy, Math.min(left, CHUNK));
                if (done <= 0) {
                    break;
                }
                left -= done;
            }
        } catch (LinuxException e) {
            if (left < bytes || !e.is(Errno.EXDEV, Errno.EINVAL, Errno.ENOSYS, Errno.ENOTSUP, Errno.EPERM)) {
                throw e;
            }
        }
        while (left > 0) {
            int got = streams.read(source, buffer, 0, (int) Math.min(left, buffer.length));
            if (got <= 0) {
                return;
            }
            streams.write(copy, buffer, 0, got);
            left -= got;
        }
    }

    @Override
    public void close() {
        streams.close();
    }
}
