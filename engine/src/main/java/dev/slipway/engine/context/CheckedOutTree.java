package dev.slipway.engine.context;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.foundation.linux.TreeRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Makes what git has written the same whatever the umask and the machine. */
final class CheckedOutTree {
    private static final String GIT = ".git";
    private static final int OWNER_BITS = 0700;
    private static final int READ_AND_EXECUTE = 05;

    private CheckedOutTree() {}

    /** The directory of that relative path; empty if it is not there, no directory, or behind a symlink. */
    static Optional<Path> subdirectory(Path tree, Optional<String> path) {
        Path at = tree;
        for (String part : path.map(text -> text.split("/")).orElse(new String[0])) {
            at = at.resolve(part);
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS) || part.equals(GIT)) {
                return Optional.empty();
            }
        }
        return Optional.of(at);
    }

    /** Removes the repository, and what tells submodules where theirs is. */
    static void removeGitDirectories(Path tree) throws IOException {
        TreeRemoval.remove(tree.resolve(GIT));
        try (Fd directory = Nodes.openDirectory(tree)) {
            removeBelow(directory);
        }
    }

    private static void removeBelow(Fd directory) {
        for (ByteString name : DirectoryListing.of(directory)) {
            Stat stat = Nodes.stat(directory, name);
            if (name.toString().equals(GIT) && !stat.isDirectory()) {
                Nodes.unlink(directory, name);
            } else if (stat.isDirectory()) {
                try (Fd child = Nodes.openAt(directory, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW)) {
                    removeBelow(child);
                }
            }
        }
    }

    /**
     * Gives group and others what the owner may, but for writing.
     *
     * @param time for everything; the times of the checkout stay where absent
     */
    static void normalize(Path tree, Optional<Instant> time) {
        Optional<FileTime> stamp = time.map(instant -> FileTime.ofSeconds(instant.getEpochSecond()));
        try (Fd directory = Nodes.openDirectory(tree)) {
            normalizeBelow(directory, stamp);
            Nodes.changeMode(directory, 0755);
            stamp.ifPresent(value -> Nodes.changeTimes(directory, value, value));
        }
    }

    private static void normalizeBelow(Fd directory, Optional<FileTime> stamp) {
        for (ByteString name : DirectoryListing.of(directory)) {
            Stat stat = Nodes.stat(directory, name);
            if (stat.isDirectory()) {
                try (Fd child = Nodes.openAt(directory, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW)) {
                    normalizeBelow(child, stamp);
                }
            }
            if (!stat.isSymlink()) {
                Nodes.changeMode(directory, name, spread(stat.mode()));
            }
            stamp.ifPresent(value -> Nodes.changeTimes(directory, name, value, value));
        }
    }

    private static int spread(int mode) {
        int owner = mode & OWNER_BITS;
        int others = (owner >> 6) & READ_AND_EXECUTE;
        return owner | (others << 3) | others;
    }
}
