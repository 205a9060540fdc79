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
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The writable tree of a stage. Symlinks are followed within it; nothing is written outside, whatever they say. */
public final class DestinationRoot implements AutoCloseable {
    private static final ByteString SLASH = ByteString.of("/");
    private static final int MOST_LINKS = 40;

    private final Fd root;

    private DestinationRoot(Fd root) {
        this.root = root;
    }

    public static DestinationRoot open(Path path) {
        return new DestinationRoot(Nodes.openDirectory(path));
    }

    /** A directory of a tree as a root of its own: symlinks below it end in it. */
    static DestinationRoot at(Fd directory) {
        return new DestinationRoot(Nodes.openInRoot(directory, ByteString.of("."), 0, OpenFlag.DIRECTORY));
    }

    /** A name in an open directory of the tree. The caller closes it. */
    record Slot(Fd directory, ByteString name) implements AutoCloseable {
        @Override
        public void close() {
            directory.close();
        }
    }

    /** The directory of that absolute path, symlinks followed, to where nothing is yet as well; missing parts are made. */
    Fd directory(String path, Ownership owner, int mode) {
        return directory(ByteString.of(path), owner, mode);
    }

    /** The same for a path in any bytes. */
    Fd directory(ByteString path, Ownership owner, int mode) {
        Deque<ByteString> rest = new ArrayDeque<>(PathParts.of(path));
        ByteString done = ByteString.EMPTY;
        int links = 0;
        Fd at = reopen(SLASH);
        while (!rest.isEmpty()) {
            ByteString part = rest.pop();
            ByteString whole = done.plus(SLASH).plus(part);
            Fd parent = at;
            try (parent) {
                Optional<Fd> there = open(whole);
                Optional<ByteString> dangling = there.isPresent() ? Optional.empty() : symlink(parent, part);
                if (dangling.isPresent()) {
                    if (++links > MOST_LINKS) {
                        throw new BuildFailedException(Problem.of("cannot make " + path, "too many symlinks"));
                    }
                    PathParts.of(dangling.get()).reversed().forEach(rest::push);
                    done = dangling.get().startsWith(SLASH) ? ByteString.EMPTY : done;
                    at = reopen(done.plus(SLASH));
                } else {
                    at = there.isPresent() ? there.get() : make(parent, part, owner, mode);
                    done = whole;
                }
            }
        }
        return at;
    }

    private static Optional<ByteString> symlink(Fd parent, ByteString name) {
        return Nodes.find(parent, name).filter(Stat::isSymlink).map(_ -> Nodes.readLink(parent, name));
    }

    private static Fd make(Fd parent, ByteString name, Ownership owner, int mode) {
        Nodes.makeDirectory(parent, name, mode);
        Fd made = Nodes.openAt(parent, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW);
        Nodes.changeOwner(made, owner.uid(), owner.gid());
        Nodes.changeMode(made, mode);
        return made;
    }

    /** The open directory, if it is there. */
    private Optional<Fd> open(ByteString path) {
        try {
            return Optional.of(reopen(path));
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            if (e.is(Errno.ENOTDIR)) {
                throw new BuildFailedException(Problem.of("cannot copy to non-directory: " + path));
            }
            throw e;
        }
    }

    private Fd reopen(ByteString path) {
        return Nodes.openInRoot(root, path, 0, OpenFlag.DIRECTORY);
    }

    /** What is at the path after following every symlink. */
    Optional<Stat> find(String path) {
        try (Fd place = Nodes.openInRoot(root, ByteString.of(path), 0, OpenFlag.PATH_ONLY)) {
            return Optional.of(Nodes.stat(place));
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Where a file of that absolute path goes: a symlink in its last name is followed, missing parents are made. */
    Slot slot(String path, Ownership owner, int mode) {
        String at = path;
        for (int links = 0; links < MOST_LINKS; links++) {
            int slash = at.lastIndexOf('/');
            ByteString name = ByteString.of(at.substring(slash + 1));
            String parent = at.substring(0, slash);
            Fd directory = directory(parent, owner, mode);
            Optional<Stat> there = Nodes.find(directory, name);
            if (there.isEmpty() || !there.get().isSymlink()) {
                return new Slot(directory, name);
            }
            String target = Nodes.readLink(directory, name).toString();
            directory.close();
            // Not cleaned: what ".." means is decided by where the symlinks before it lead.
            at = stripSlashes(target.startsWith("/") ? target : parent + "/" + target);
        }
        throw new BuildFailedException(Problem.of("cannot write " + path, "too many symlinks"));
    }

    private static String stripSlashes(String path) {
        String shorter = path;
        while (shorter.length() > 1 && shorter.endsWith("/")) {
            shorter = shorter.substring(0, shorter.length() - 1);
        }
        return shorter;
    }

    @Override
    public void close() {
        root.close();
    }
}
