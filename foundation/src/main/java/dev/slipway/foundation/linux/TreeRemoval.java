package dev.slipway.foundation.linux;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Removes a directory with everything in it, whatever its names and modes. Follows no symlink and stops at mount points:
 * what is mounted there stays, and removing fails.
 */
public final class TreeRemoval {
    private TreeRemoval() {}

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
        Stat stat = found.get();
        if (!stat.isDirectory()) {
            Nodes.unlink(parent, name);
            return;
        }
        try (Fd directory = Nodes.openAt(parent, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW)) {
            if (!Nodes.stat(directory).fileSystem().equals(stat.fileSystem())) {
                throw new LinuxException("rmdir", name.toString(), Errno.EBUSY);
            }
            for (ByteString child : DirectoryListing.of(directory)) {
                remove(directory, child);
            }
        }
        Nodes.removeDirectory(parent, name);
    }
}
