package dev.slipway.engine.sandbox;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The places in a tree where something is mounted while a command runs. Those that are missing are made, and afterwards
 * removed again if nothing was put into them; the directories above keep their times throughout, unless the command
 * changes them. So nothing of it appears in a layer.
 */
final class MountPoints implements AutoCloseable {
    private static final int MOST_LINKS = 40;
    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;

    private final Fd root;
    /** What was made, the latest first. */
    private final Deque<Place> made = new ArrayDeque<>();

    private MountPoints(Fd root) {
        this.root = root;
    }

    /** A name in a directory whose path has no symlinks; the root's path is empty. */
    private record Place(ByteString parent, ByteString name) {
        ByteString path() {
            return parent.isEmpty() ? name : parent.plus(SLASH).plus(name);
        }
    }

    private enum Kind {
        DIRECTORY,
        FILE
    }

    private static final ByteString SLASH = ByteString.of("/");
    private static final ByteString HERE = ByteString.of(".");
    private static final ByteString ABOVE = ByteString.of("..");

    static MountPoints in(Path root) {
        return new MountPoints(Nodes.openDirectory(root));
    }

    /** Makes a directory unless it is there; the result is its path without symlinks, absolute within the root. */
    String directory(String path) {
        return make(path, Kind.DIRECTORY);
    }

    /** Makes a file unless there is one, or something else; the result is its path without symlinks. */
    String file(String path) {
        return make(path, Kind.FILE);
    }

    /** Goes from name to name, through symlinks, as a process would whose root this is. */
    private String make(String path, Kind kind) {
        Deque<ByteString> ahead = new ArrayDeque<>(names(ByteString.of(path)));
        Deque<ByteString> behind = new ArrayDeque<>();
        int links = 0;
        while (!ahead.isEmpty()) {
            ByteString name = ahead.removeFirst();
            if (name.equals(ABOVE)) {
                behind.pollLast();
                continue;
            }
            Place place = new Place(joined(behind), name);
            boolean symlink;
            try (Fd parent = open(place.parent())) {
                symlink = Nodes.find(parent, name).filter(Stat::isSymlink).isPresent();
                if (symlink) {
                    ByteString target = Nodes.readLink(parent, name);
                    if (target.startsWith(SLASH)) {
                        behind.clear();
                    }
                    names(target).reversed().forEach(ahead::addFirst);
                } else {
                    makeMissing(parent, place, ahead.isEmpty() ? kind : Kind.DIRECTORY);
                }
            } catch (LinuxException e) {
                throw unusable(path, e);
            }
            if (!symlink) {
                behind.addLast(name);
            } else if (++links > MOST_LINKS) {
                throw unusable(path, new LinuxException("open", path, Errno.ELOOP));
            }
        }
        return "/" + joined(behind);
    }

    private static BuildFailedException unusable(String path, LinuxException e) {
        return new BuildFailedException(
                Problem.of("cannot mount " + path + " for the command", String.valueOf(e.getMessage()))
                        .remedy("remove what the image has there"));
    }

    private void makeMissing(Fd parent, Place place, Kind kind) {
        if (Nodes.find(parent, place.name()).isPresent()) {
            return;
        }
        Stat before = Nodes.stat(parent);
        if (kind == Kind.DIRECTORY) {
            Nodes.makeDirectory(parent, place.name(), DIRECTORY_MODE);
        } else {
            Nodes.openAt(parent, place.name(), FILE_MODE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.WRITE_ONLY)
                    .close();
        }
        made.addFirst(place);
        Nodes.changeTimes(parent, before.accessed(), before.modified());
    }

    /** Whether what is at the path, which {@link #directory} or {@link #file} gave, was made by them. */
    boolean isMade(String path) {
        ByteString relative = ByteString.of(path).slice(1);
        return made.stream().anyMatch(place -> place.path().equals(relative));
    }

    /** Removes what was made, if nothing was put into it, and if it is there and within the root still. */
    @Override
    public void close() {
        try (root) {
            made.forEach(this::remove);
        }
    }

    private void remove(Place place) {
        try (Fd parent = open(place.parent())) {
            Stat before = Nodes.stat(parent);
            Stat node = Nodes.stat(parent, place.name());
            if (node.isDirectory() && isEmpty(parent, place.name())) {
                Nodes.removeDirectory(parent, place.name());
            } else if (node.isRegular() && node.size() == 0) {
                Nodes.unlink(parent, place.name());
            } else {
                return;
            }
            Nodes.changeTimes(parent, before.accessed(), before.modified());
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP)) {
                throw e; // otherwise the command has replaced it, or a directory above
            }
        }
    }

    private static boolean isEmpty(Fd parent, ByteString name) {
        try (Fd directory = Nodes.openAt(parent, name, 0, OpenFlag.DIRECTORY)) {
            return DirectoryListing.of(directory).isEmpty();
        }
    }

    private Fd open(ByteString path) {
        return Nodes.openAt(root, path.isEmpty() ? HERE : path, 0, OpenFlag.DIRECTORY);
    }

    private static ByteString joined(Deque<ByteString> names) {
        ByteString path = ByteString.EMPTY;
        for (ByteString name : names) {
            path = new Place(path, name).path();
        }
        return path;
    }

    private static List<ByteString> names(ByteString path) {
        List<ByteString> names = new ArrayList<>();
        int from = 0;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            ByteString name = path.slice(from, end);
            if (!name.isEmpty() && !name.equals(HERE)) {
                names.add(name);
            }
            from = end + 1;
        }
        return names;
    }
}
