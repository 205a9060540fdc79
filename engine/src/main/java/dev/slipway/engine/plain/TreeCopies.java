package dev.slipway.engine.plain;

import dev.slipway.engine.plain.NodeCopy.Origin;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Copies nodes of the disk with everything below them, attributes and hard links included. Follows no symlink. */
public final class TreeCopies implements AutoCloseable {
    private final NodeCopy copy = new NodeCopy();
    private final Map<Node, Place> linked = new HashMap<>();

    private record Node(Device fileSystem, long inode) {}

    /** Where the first name of a node is; the directory is named, since it may be closed by then. */
    private record Place(ByteString path) {}

    private TreeCopies() {}

    /**
     * Copies one node.
     *
     * @param name in the directory {@code from}
     * @param newName in the directory {@code to}, where nothing has that name
     * @throws LinuxException if something cannot be read or written; what is half done stays
     */
    public static void copy(Fd from, ByteString name, Fd to, ByteString newName) {
        try (TreeCopies copies = new TreeCopies()) {
            copies.node(from, name, to, newName);
        }
    }

    private void node(Fd from, ByteString name, Fd to, ByteString newName) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(Problem.of("interrupted"));
        }
        Stat stat = Nodes.stat(from, name);
        Origin origin = Origin.of(from, name, stat);
        if (!stat.isDirectory()) {
            leaf(origin, to, newName);
            return;
        }
        NodeCopy.makeDirectory(to, newName);
        try (Fd source = Nodes.openAt(from, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW);
                Fd target = Nodes.openAt(to, newName, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW)) {
            for (ByteString child : DirectoryListing.of(source)) {
                node(source, child, target, child);
            }
        }
        NodeCopy.describe(origin, to, newName);
    }

    private void leaf(Origin origin, Fd to, ByteString name) {
        Stat stat = origin.stat();
        if (stat.links() > 1) {
            Node node = new Node(stat.fileSystem(), stat.inode());
            Optional<Place> first = Optional.ofNullable(linked.get(node));
            if (first.isPresent()) {
                Nodes.makeHardlink(Fd.CWD, first.get().path(), to, name);
                return;
            }
            ByteString directory = Nodes.readLink(Fd.CWD, ByteString.of(to.procPath()));
            linked.put(node, new Place(directory.plus(ByteString.of("/")).plus(name)));
        }
        copy.copy(origin, to, name);
    }

    @Override
    public void close() {
        copy.close();
    }
}
