package dev.slipway.image.verify;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.util.HashMap;
import java.util.Map;

/** Holds the names of one node together: names of one node in the tree are links in the layer, and no others are. */
final class HardLinks {
    private final Fd tree;
    private final Map<Node, ByteString> first = new HashMap<>();

    HardLinks(Fd tree) {
        this.tree = tree;
    }

    private record Node(Device fileSystem, long inode) {
        static Node of(Stat stat) {
            return new Node(stat.fileSystem(), stat.inode());
        }
    }

    /** The layer has the path as a node of its own. */
    void requireFirst(ByteString path, Stat stat) {
        if (stat.links() < 2) {
            return;
        }
        ByteString other = first.putIfAbsent(Node.of(stat), path);
        if (other != null) {
            throw Differences.between(path, "a node of its own", "another name of /" + other);
        }
    }

    /** The layer has the path as another name of the target. */
    void requireLinked(ByteString path, ByteString target, Stat stat) {
        ByteString known = first.get(Node.of(stat));
        if (known == null || !(known.equals(target) || isSame(target, stat))) {
            String shown = known == null ? "a node of its own" : "another name of /" + known;
            throw Differences.between(path, "another name of /" + target, shown);
        }
    }

    private boolean isSame(ByteString target, Stat stat) {
        ByteString parent = EntryPath.parent(target);
        try (Fd directory =
                Nodes.openInRoot(tree, parent.isEmpty() ? ByteString.of(".") : parent, 0, OpenFlag.DIRECTORY)) {
            return Nodes.find(directory, EntryPath.name(target))
                    .map(Node::of)
                    .filter(Node.of(stat)::equals)
                    .isPresent();
        }
    }
}
