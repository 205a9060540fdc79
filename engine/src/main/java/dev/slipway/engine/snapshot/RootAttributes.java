package dev.slipway.engine.snapshot;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.foundation.linux.Xattrs;
import dev.slipway.image.layer.AppliedLayer;
import java.nio.file.Path;

/**
 * Mode, owner and times of a tree's root. An overlay shows those of its uppermost directory, so a new one starts with
 * those of the layer below that says something of the root; layers that do not are marked when they are unpacked.
 */
public final class RootAttributes {
    private static final ByteString INHERITED = ByteString.of("trusted.slipway.root-inherited");
    /** Where the other is refused: of a name space that never gets into a layer. */
    private static final ByteString INHERITED_UNPRIVILEGED = ByteString.of("user.overlay.slipway-root-inherited");

    private static final int USUAL_MODE = 0755;

    private RootAttributes() {}

    /** Marks the directory of an unpacked layer that has no entry for the root. */
    public static void mark(Path directory, AppliedLayer applied) {
        if (applied.inheritedDirectories().contains(ByteString.EMPTY)) {
            try (Fd root = Nodes.openDirectory(directory)) {
                mark(root);
            }
        }
    }

    private static void mark(Fd root) {
        try {
            Xattrs.set(root, INHERITED, new byte[] {'y'});
        } catch (LinuxException e) {
            if (!e.is(Errno.EPERM)) {
                throw e;
            }
            Xattrs.set(root, INHERITED_UNPRIVILEGED, new byte[] {'y'});
        }
    }

    private static boolean isMarked(Fd root) {
        return Xattrs.get(root, INHERITED).isPresent()
                || Xattrs.get(root, INHERITED_UNPRIVILEGED).isPresent();
    }

    /** Makes the upper directory that shows the tree's root unchanged. */
    public static Path makeUpper(Tree tree, Path upper) {
        Overlay.directory(upper);
        for (Path layer : tree.layers().reversed()) {
            try (Fd source = Nodes.openDirectory(layer)) {
                if (!isMarked(source)) {
                    apply(Nodes.stat(source), upper);
                    return upper;
                }
            }
        }
        try (Fd target = Nodes.openDirectory(upper)) {
            Nodes.changeMode(target, USUAL_MODE); // whatever the umask
        }
        return upper;
    }

    private static void apply(Stat stat, Path upper) {
        try (Fd target = Nodes.openDirectory(upper)) {
            Nodes.changeOwner(target, stat.uid(), stat.gid());
            Nodes.changeMode(target, stat.mode());
            Nodes.changeTimes(target, stat.accessed(), stat.modified());
        }
    }
}
