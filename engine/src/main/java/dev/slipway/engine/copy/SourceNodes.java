package dev.slipway.engine.copy;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.util.Optional;

/**
 * Opens what is copied from. Others may change a context meanwhile: no name is followed to where it did not lead when it was
 * looked at, and what cannot be read is named.
 */
final class SourceNodes {
    private SourceNodes() {}

    /** What is there; empty if it has gone since it was listed, which is as if it had never been. */
    static Optional<Stat> find(Fd directory, ByteString name) {
        try {
            return Nodes.find(directory, name);
        } catch (LinuxException e) {
            throw explained(directory, name, e);
        }
    }

    /** Opens a file that was seen there; a symlink that has taken its place is not followed. */
    static Fd openFile(Fd directory, ByteString name) {
        try {
            return Nodes.openAt(directory, name, 0, OpenFlag.NO_FOLLOW, OpenFlag.NON_BLOCKING);
        } catch (LinuxException e) {
            throw explained(directory, name, e);
        }
    }

    /** Opens a directory that was seen there; a symlink that has taken its place is not followed. */
    static Fd openDirectory(Fd directory, ByteString name) {
        try {
            return Nodes.openAt(directory, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW);
        } catch (LinuxException e) {
            throw explained(directory, name, e);
        }
    }

    /** Opens a path below the root, symlinks followed within it. */
    static Fd openInRoot(Fd root, ByteString path) {
        try {
            return Nodes.openInRoot(root, path, 0, OpenFlag.DIRECTORY);
        } catch (LinuxException e) {
            throw explained(root, path, e);
        }
    }

    /** What the symlink says that was seen there. */
    static ByteString readLink(Fd directory, ByteString name) {
        try {
            return Nodes.readLink(directory, name);
        } catch (LinuxException e) {
            throw explained(directory, name, e);
        }
    }

    /** Whether a file is as it was: what is written to it changes its times, if not its size. */
    static boolean isUnchanged(Stat before, Stat after) {
        return before.size() == after.size()
                && before.modified().equals(after.modified())
                && before.changed().equals(after.changed());
    }

    static BuildFailedException changing(Fd directory, ByteString name) {
        return new BuildFailedException(
                Problem.of("'" + path(directory, name) + "' changes while it is copied", "somebody writes to it")
                        .remedy("build when that has ended, or leave it out with .dockerignore"));
    }

    static RuntimeException explained(Fd directory, ByteString name, LinuxException failure) {
        if (failure.is(Errno.EACCES, Errno.EPERM)) {
            return new BuildFailedException(
                    Problem.of("cannot read '" + path(directory, name) + "'", "permission denied")
                            .remedy("let the user who builds read it, or leave it out with .dockerignore"));
        }
        return failure.is(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP, Errno.EINVAL, Errno.ENXIO)
                ? changing(directory, name)
                : failure;
    }

    private static String path(Fd directory, ByteString name) {
        return SourcePatterns.join(SourceRoot.realPath(directory), name).toString();
    }
}
