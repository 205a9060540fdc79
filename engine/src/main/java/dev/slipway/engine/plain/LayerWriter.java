package dev.slipway.engine.plain;

import dev.slipway.engine.plain.NodeCopy.Origin;
import dev.slipway.engine.scan.Changes;
import dev.slipway.engine.snapshot.RootAttributes;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Copies what changed in a working root into a layer directory of the usual form. A deleted name is a character device
 * 0:0, which since Linux 5.8 every process may make; there are no opaque directories, each deleted name has a mark.
 */
final class LayerWriter implements Changes, AutoCloseable {
    private static final ByteString SLASH = ByteString.of("/");

    private final Fd root;
    private final Fd layer;
    private final OldContent old;
    private final NodeCopy copy = new NodeCopy();
    private final Map<Node, ByteString> linked = new HashMap<>();
    /** The directories that were made, which get their times when all is written. */
    private final Map<ByteString, Stat> directories = new LinkedHashMap<>();

    private LayerWriter(Fd root, Fd layer, OldContent old) {
        this.root = root;
        this.layer = layer;
        this.old = old;
    }

    private record Node(Device fileSystem, long inode) {}

    /**
     * Starts a layer.
     *
     * @param directory is made
     */
    static LayerWriter open(Path root, Tree base, Path directory) {
        RootAttributes.makeUpper(base, directory);
        return new LayerWriter(Nodes.openDirectory(root), Nodes.openDirectory(directory), new OldContent(base));
    }

    @Override
    public void changed(ByteString path, Fd directory, ByteString name, Stat stat) {
        if (stat.isDirectory()) {
            ensureDirectory(path);
            return;
        }
        ensureDirectory(parent(path));
        if (stat.links() > 1) {
            ByteString first = linked.putIfAbsent(new Node(stat.fileSystem(), stat.inode()), path);
            if (first != null) {
                Nodes.makeHardlink(layer, first, layer, path);
                return;
            }
        }
        try (Fd target = open(parent(path))) {
            copy.copy(Origin.of(directory, name, stat), target, name);
        }
    }

    @Override
    public void deleted(ByteString path) {
        ensureDirectory(parent(path));
        try {
            Nodes.makeWhiteout(layer, path);
        } catch (LinuxException e) {
            if (!e.is(Errno.EPERM, Errno.EACCES)) {
                throw e;
            }
            throw new MachineException(
                    Problem.of("cannot mark the deletion of /" + path, String.valueOf(e.getMessage()))
                            .remedy("run on Linux 5.8 or later, with a seccomp profile that allows mknod"),
                    e);
        }
    }

    @Override
    public boolean hasOldContent(ByteString path, Fd directory, ByteString name) {
        return old.isIn(path, directory, name);
    }

    /** Makes the directory, and those above it, as they are in the tree. */
    private void ensureDirectory(ByteString path) {
        if (path.isEmpty() || directories.containsKey(path)) {
            return;
        }
        ensureDirectory(parent(path));
        try (Fd from = openIn(root, parent(path));
                Fd to = open(parent(path))) {
            ByteString name = path.slice(path.lastIndexOf('/') + 1);
            Stat stat = Nodes.stat(from, name);
            NodeCopy.makeDirectory(to, name);
            NodeCopy.describe(Origin.of(from, name, stat), to, name);
            directories.put(path, stat);
        }
    }

    private Fd open(ByteString path) {
        return openIn(layer, path);
    }

    private static Fd openIn(Fd top, ByteString path) {
        return Nodes.openAt(top, path.isEmpty() ? ByteString.of(".") : path, 0, OpenFlag.DIRECTORY);
    }

    private static ByteString parent(ByteString path) {
        int slash = path.lastIndexOf(SLASH.at(0));
        return slash < 0 ? ByteString.EMPTY : path.slice(0, slash);
    }

    /** Sets what comes last: the times of directories, and the attributes of the root. */
    void finish() {
        directories.forEach((path, stat) -> Nodes.changeTimes(layer, path, stat.accessed(), stat.modified()));
        Stat stat = Nodes.stat(root);
        Nodes.changeOwner(layer, stat.uid(), stat.gid());
        Nodes.changeMode(layer, stat.mode());
        Nodes.changeTimes(layer, stat.accessed(), stat.modified());
    }

    @Override
    public void close() {
        copy.close();
        old.close();
        layer.close();
        root.close();
    }
}
