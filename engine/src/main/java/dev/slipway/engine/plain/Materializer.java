package dev.slipway.engine.plain;

import dev.slipway.engine.plain.NodeCopy.Origin;
import dev.slipway.engine.snapshot.RootAttributes;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.image.layer.Attributes;
import dev.slipway.image.layer.MergedDirectory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Copies a tree of layers into one directory, as a mount would show it. Takes the time and the room of all its files. */
final class Materializer implements AutoCloseable {
    private static final ByteString SLASH = ByteString.of("/");

    private final Fd root;
    private final NodeCopy copy = new NodeCopy();
    /** Where the first name of a node with several names is. */
    private final Map<Node, ByteString> linked = new HashMap<>();

    private Materializer(Fd root) {
        this.root = root;
    }

    private record Node(Device fileSystem, long inode) {}

    /** Makes the directory, which must not be there, and fills it. */
    static void copy(Tree tree, Path directory) {
        RootAttributes.makeUpper(tree, directory);
        try (Materializer materializer = new Materializer(Nodes.openDirectory(directory));
                MergedDirectory merged = MergedDirectory.open(tree.layers().reversed())) {
            Stat before = Nodes.stat(materializer.root);
            materializer.fill(ByteString.EMPTY, merged, materializer.root);
            Nodes.changeTimes(materializer.root, before.accessed(), before.modified());
        }
    }

    private void fill(ByteString path, MergedDirectory source, Fd target) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(Problem.of("interrupted"));
        }
        for (ByteString name : source.names()) {
            Stat stat = source.find(name).orElseThrow();
            ByteString child = path.isEmpty() ? name : path.plus(SLASH).plus(name);
            Origin origin = new Origin(
                    stat, kept(source.xattrs(name)), () -> source.linkTarget(name), () -> source.openFile(name));
            if (stat.isDirectory()) {
                NodeCopy.makeDirectory(target, name);
                try (MergedDirectory inner = source.enter(name);
                        Fd made = Nodes.openAt(target, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW)) {
                    fill(child, inner, made);
                }
                NodeCopy.describe(origin, target, name);
            } else {
                leaf(child, origin, target, name);
            }
        }
    }

    private void leaf(ByteString path, Origin origin, Fd target, ByteString name) {
        if (origin.stat().links() > 1) {
            Node node = new Node(origin.stat().fileSystem(), origin.stat().inode());
            ByteString first = linked.putIfAbsent(node, path);
            if (first != null) {
                Nodes.makeHardlink(root, first, target, name);
                return;
            }
        }
        copy.copy(origin, target, name);
    }

    private static SortedMap<ByteString, ByteString> kept(SortedMap<ByteString, ByteString> xattrs) {
        SortedMap<ByteString, ByteString> kept = new TreeMap<>(xattrs);
        kept.keySet().removeIf(name -> !Attributes.isKept(name));
        return kept;
    }

    @Override
    public void close() {
        copy.close();
        root.close();
    }
}
