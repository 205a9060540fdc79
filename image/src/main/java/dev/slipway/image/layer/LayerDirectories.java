package dev.slipway.image.layer;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.image.layer.tar.TarException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds the directories that entries lie in, and makes those that are missing. Symlinks of the layer itself are followed
 * as if the layer's root were the root directory; no step follows one by itself.
 */
final class LayerDirectories {
    /** As many as the kernel follows. */
    private static final int MOST_LINKS = 40;

    private static final ByteString SELF = ByteString.of(".");
    private static final ByteString PARENT = ByteString.of("..");

    private final Maker maker;
    private final Place root;
    private Place last;

    LayerDirectories(Fd root, Maker maker) {
        this.root = new Place(root, ByteString.EMPTY);
        this.last = this.root;
        this.maker = maker;
    }

    /**
     * An open directory of the layer. It stays open until the next one is looked for.
     *
     * @param path without symlinks
     */
    record Place(Fd directory, ByteString path) {}

    /** Makes a directory that no entry has described. */
    interface Maker {
        /** @param opaque whether it takes the place of a deletion, so that the lower layers' one stays hidden */
        void make(Place parent, ByteString name, boolean opaque);
    }

    /** @throws TarException if there is something on the way that is no directory */
    Place find(ByteString path) throws TarException {
        if (path.equals(last.path())) {
            return last;
        }
        if (path.isEmpty()) {
            return keep(root);
        }
        try {
            return keep(new Place(Nodes.openAt(root.directory(), path, 0, OpenFlag.DIRECTORY), path));
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP)) {
                throw e;
            }
        }
        return keep(walk(path));
    }

    /** Closes the directory that was found last. */
    void forget() {
        keep(root);
    }

    private Place keep(Place next) {
        if (last.directory() != next.directory() && last.directory() != root.directory()) {
            last.directory().close();
        }
        last = next;
        return next;
    }

    private Place walk(ByteString path) throws TarException {
        Deque<ByteString> ahead = new ArrayDeque<>(LayerPaths.split(path));
        ByteString at = ByteString.EMPTY;
        int links = 0;
        while (!ahead.isEmpty()) {
            ByteString name = ahead.removeFirst();
            if (name.equals(SELF)) {
                continue;
            }
            if (name.equals(PARENT)) {
                at = LayerPaths.parent(at);
                continue;
            }
            Optional<ByteString> link = step(at, name, path);
            if (link.isEmpty()) {
                at = LayerPaths.child(at, name);
                continue;
            }
            if (++links > MOST_LINKS) {
                throw new TarException(path + ": too many symlinks on the way");
            }
            if (link.get().startsWith(ByteString.of("/"))) {
                at = ByteString.EMPTY;
            }
            List<ByteString> target = LayerPaths.split(link.get());
            target.reversed().forEach(ahead::addFirst);
        }
        return at.isEmpty() ? root : open(at);
    }

    /** Sees to it that the name is a directory; where it is a symlink instead, gives its target. */
    private Optional<ByteString> step(ByteString at, ByteString name, ByteString path) throws TarException {
        Place parent = at.isEmpty() ? root : open(at);
        try {
            Optional<Stat> found = Nodes.find(parent.directory(), name);
            if (found.isEmpty()) {
                maker.make(parent, name, false);
            } else if (found.get().isSymlink()) {
                return Optional.of(Nodes.readLink(parent.directory(), name));
            } else if (found.get().isWhiteout()) {
                Nodes.unlink(parent.directory(), name);
                maker.make(parent, name, true);
            } else if (!found.get().isDirectory()) {
                throw new TarException(path + ": " + LayerPaths.child(at, name) + " on the way to it is no directory");
            }
            return Optional.empty();
        } finally {
            if (parent.directory() != root.directory()) {
                parent.directory().close();
            }
        }
    }

    private Place open(ByteString path) {
        return new Place(Nodes.openAt(root.directory(), path, 0, OpenFlag.DIRECTORY), path);
    }
}
