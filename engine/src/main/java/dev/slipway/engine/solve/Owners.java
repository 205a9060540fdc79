package dev.slipway.engine.solve;

import dev.slipway.engine.copy.Ownership;
import dev.slipway.engine.user.UserDatabase;
import dev.slipway.engine.user.UserIds;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Looks up the users that USER and {@code --chown} name in the tree they apply to, without leaving it. */
final class Owners {
    private static final int LONGEST_FILE = 16 * 1024 * 1024;

    private Owners() {}

    /** Whom RUN runs as. */
    static UserIds ofUser(Path root, String user) {
        return database(root).forRun(user);
    }

    /** Whom files that {@code --chown} concerns belong to. */
    static UserDatabase.Owner ofChown(Path root, String text) {
        return database(root).forChown(text);
    }

    /** Whom a directory that WORKDIR makes belongs to: the rule of {@code --chown}; nobody is warned of unknown names. */
    static Ownership ofWorkdir(Path root, String user) {
        if (user.isEmpty()) {
            return Ownership.ROOT;
        }
        UserDatabase.Owner owner = ofChown(root, user);
        return new Ownership(owner.uid(), owner.gid());
    }

    private static UserDatabase database(Path root) {
        try (Fd directory = Nodes.openDirectory(root)) {
            return UserDatabase.parse(read(directory, "/etc/passwd"), read(directory, "/etc/group"));
        }
    }

    private static String read(Fd root, String path) {
        try (Fd file = Nodes.openInRoot(root, ByteString.of(path), 0, OpenFlag.NON_BLOCKING);
                FdStreams streams = new FdStreams()) {
            return new String(streams.input(file).readNBytes(LONGEST_FILE), StandardCharsets.UTF_8);
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP)) {
                return "";
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
