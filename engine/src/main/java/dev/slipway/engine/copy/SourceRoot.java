package dev.slipway.engine.copy;

import dev.slipway.engine.plan.ImagePath;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory that COPY reads from: a build context or the tree of a stage. No path leads out of it.
 *
 * @param selection what of it exists
 * @param keepsOwners whether files keep their owners; those of a build context become root's
 */
public record SourceRoot(Fd directory, ByteString realPath, Selection selection, boolean keepsOwners)
        implements AutoCloseable {
    private static final ByteString HERE = ByteString.of(".");

    public static SourceRoot open(Path path, Selection selection, boolean keepsOwners) {
        Fd directory = Nodes.openDirectory(path);
        return new SourceRoot(directory, realPath(directory), selection, keepsOwners);
    }

    /** A node that was found, symlinks followed. The caller closes it. */
    record Found(Fd place, ByteString path, Stat stat) implements AutoCloseable {
        @Override
        public void close() {
            place.close();
        }
    }

    /** Follows every symlink of the path, the last one too; empty if there is nothing, or nothing selected. */
    Optional<Found> find(ByteString path) {
        Fd place;
        try {
            place = Nodes.openInRoot(directory, path.isEmpty() ? HERE : path, 0, OpenFlag.PATH_ONLY);
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP)) {
                return Optional.empty();
            }
            throw SourceNodes.explained(directory, path, e);
        }
        ByteString real = realPath(place);
        ByteString relative = real.length() <= realPath.length()
                ? ByteString.EMPTY
                : real.slice(realPath.length() + (realPath.length() == 1 ? 0 : 1));
        Stat stat = Nodes.stat(place);
        String name = relative.toString();
        boolean there = relative.isEmpty()
                || selection.includes(name)
                || (stat.isDirectory() && selection.mayIncludeBelow(name));
        if (!there) {
            place.close();
            return Optional.empty();
        }
        return Optional.of(new Found(place, relative, stat));
    }

    /**
     * The beginning of a file, symlinks followed within the root.
     *
     * @return empty if there is no such file
     */
    public Optional<byte[]> read(String path, int mostBytes) {
        Optional<Found> there = find(ByteString.of(ImagePath.clean("/" + path).substring(1)));
        if (there.isEmpty()) {
            return Optional.empty();
        }
        try (Found found = there.get()) {
            if (!found.stat().isRegular()) {
                return Optional.empty();
            }
            try (Fd file = Nodes.openInRoot(directory, found.path(), 0);
                    FdStreams streams = new FdStreams();
                    InputStream in = streams.input(file)) {
                return Optional.of(in.readNBytes(mostBytes));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + path, e);
            }
        }
    }

    @Override
    public void close() {
        directory.close();
    }

    /** Where the kernel says that the descriptor is: the path without any symlink. */
    static ByteString realPath(Fd place) {
        return Nodes.readLink(Fd.CWD, ByteString.of(place.procPath()));
    }
}
