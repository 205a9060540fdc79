package dev.slipway.foundation.linux;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Removes a directory with everything in it, whatever its names and modes. Follows no symlink and stops at mount points:
 * what is mounted there stays, and removing fails.
 */
public final class TreeRemoval {
    /**
     * How deep it goes with an open directory and a stack frame a level. What is deeper is moved to the top first: there
     * is no limit to the depth of a tree that a command can make.
     */
    private static final int DEEPEST = 200;

    private final Fd top;
    private long moved;

    private TreeRemoval(Fd top) {
        this.top = top;
    }

    /**
     * Removes the tree; does nothing if it is not there.
     *
     * @throws LinuxException if something cannot be removed
     */
    public static void remove(Path tree) {
        Path parent = tree.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("the root is not removed");
        }
        try (Fd directory = Nodes.openDirectory(parent)) {
            remove(directory, ByteString.of(tree.getFileName()));
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    /**
     * Removes the name with everything below it; does nothing if it is not there.
     *
     * @throws LinuxException if something cannot be removed
     */
    public static void remove(Fd parent, ByteString name) {
        Optional<Stat> found = Nodes.find(parent, name);
        if (found.isEmpty()) {
            return;
        }
        if (!found.get().isDirectory()) {
            Nodes.unlink(parent, name);
            return;
        }
        try (Fd top = Nodes.openUnmounted(parent, name)) {
            TreeRemoval removal = new TreeRemoval(top);
            boolean more = true;
            while (more) {
                removal.clear(top, 0);
                more = !DirectoryListing.of(top).isEmpty();
            }
        }
        Nodes.removeDirectory(parent, name);
    }

    private void clear(Fd directory, int depth) {
        for (ByteString name : DirectoryListing.of(directory)) {
            if (!Nodes.stat(directory, name).isDirectory()) {
                Nodes.unlink(directory, name);
            } else if (depth < DEEPEST || !moveToTop(directory, name)) {
                try (Fd inner = Nodes.openUnmounted(directory, name)) {
                    clear(inner, depth + 1);
                }
                Nodes.removeDirectory(directory, name);
            }
        }
    }

    /** Whether it could be moved: in a view of several layers directories cannot. */
    private boolean moveToTop(Fd directory, ByteString name) {
        while (true) {
            try {
                Nodes.renameNew(directory, name, top, ByteString.of("deep-" + moved));
                return true;
            } catch (LinuxException e) {
                if (e.is(Errno.EXDEV)) {
                    return false;
                }
                if (!e.is(Errno.EEXIST)) {
                    throw e;
                }
            }
            moved++;
        }
    }
}
