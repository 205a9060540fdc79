package dev.slipway.image.layer;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.foundation.linux.TreeRemoval;
import dev.slipway.foundation.linux.Xattrs;
import dev.slipway.image.layer.tar.TarException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The directory that a layer is unpacked into. Every node is made relative to an open directory that
 * {@link LayerDirectories} found inside the root. Owner before mode, since a change of owner clears setuid; both before
 * attributes, since it clears file capabilities; times last.
 */
final class LayerTarget implements AutoCloseable {
    static final int USUAL_DIRECTORY = 0755;

    private static final byte[] YES = "y".getBytes(StandardCharsets.US_ASCII);
    private static final ByteString CAPABILITY = ByteString.of("security.capability");

    private final Fd root;
    private final OverlayMarks marks;
    private final FdStreams streams = new FdStreams();
    private final byte[] buffer = new byte[64 * 1024];
    private final LayerDirectories directories;
    private final Map<ByteString, FileTime> times = new HashMap<>();
    private final TreeSet<ByteString> inherited = new TreeSet<>();
    private boolean rootOpaque;

    private LayerTarget(Fd root, OverlayMarks marks) {
        this.root = root;
        this.marks = marks;
        this.directories = new LayerDirectories(root, this::makeInherited);
    }

    /** Starts with an empty directory, whose root is as plain as any that the layer only passes through. */
    static LayerTarget fresh(Path directory, OverlayMarks marks) {
        LayerTarget target = again(directory, marks);
        Nodes.changeOwner(target.root, 0, 0);
        Nodes.changeMode(target.root, USUAL_DIRECTORY);
        target.inherited.add(ByteString.EMPTY);
        target.times.put(ByteString.EMPTY, FileTime.EPOCH);
        return target;
    }

    /** Goes on with one that has been unpacked. */
    static LayerTarget again(Path directory, OverlayMarks marks) {
        return new LayerTarget(Nodes.openDirectory(directory), marks);
    }

    /** The directories that no entry described so far. */
    List<ByteString> inherited() {
        return List.copyOf(inherited);
    }

    boolean isRootOpaque() {
        return rootOpaque;
    }

    void directory(LayerEntry.Directory entry) throws IOException {
        if (entry.path().isEmpty()) {
            describe(root, ByteString.EMPTY, entry.attributes());
            return;
        }
        LayerDirectories.Place parent = parentOf(entry.path());
        ByteString name = LayerPaths.name(entry.path());
        ByteString path = LayerPaths.child(parent.path(), name);
        Optional<Stat> existing = Nodes.find(parent.directory(), name);
        boolean takesPlace = existing.isPresent() && !existing.get().isDirectory();
        if (takesPlace) {
            Nodes.unlink(parent.directory(), name);
        }
        if (takesPlace || existing.isEmpty()) {
            Nodes.makeDirectory(parent.directory(), name, USUAL_DIRECTORY);
        }
        try (Fd directory = Nodes.openAt(parent.directory(), name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW)) {
            describe(directory, path, entry.attributes());
            if (takesPlace) {
                // What was here, a deletion or another node, has hidden the directory of the lower layers.
                markOpaque(directory);
            }
        }
    }

    void file(LayerEntry.RegularFile entry, InputStream content) throws IOException {
        LayerDirectories.Place parent = clear(entry.path());
        ByteString name = LayerPaths.name(entry.path());
        try (Fd file = Nodes.openAt(
                parent.directory(), name, 0600, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.WRITE_ONLY)) {
            int got;
            while ((got = content.read(buffer)) > 0) {
                streams.write(file, buffer, 0, got);
            }
            describe(file, entry.attributes());
            Nodes.changeTimes(
                    file, entry.attributes().modified(), entry.attributes().modified());
        }
    }

    void symlink(LayerEntry.Symlink entry) throws IOException {
        LayerDirectories.Place parent = clear(entry.path());
        ByteString name = LayerPaths.name(entry.path());
        Nodes.makeSymlink(entry.target(), parent.directory(), name);
        Nodes.changeOwner(parent.directory(), name, (int) entry.attributes().uid(), (int)
                entry.attributes().gid());
        finishNode(parent, name, entry.attributes());
    }

    void fifo(LayerEntry.Fifo entry) throws IOException {
        node(entry.path(), entry.attributes(), FileType.FIFO, Device.NONE);
    }

    void node(ByteString path, Attributes attributes, FileType type, Device device) throws IOException {
        LayerDirectories.Place parent = clear(path);
        ByteString name = LayerPaths.name(path);
        Nodes.makeNode(parent.directory(), name, type, attributes.mode(), device);
        Nodes.changeOwner(parent.directory(), name, (int) attributes.uid(), (int) attributes.gid());
        // Not a symlink: it was made just now in a directory that is ours alone.
        Nodes.changeMode(parent.directory(), name, attributes.mode());
        finishNode(parent, name, attributes);
    }

    /** Marks a deletion in the lower layers. What this layer itself has of that name stays (image-spec, whiteouts). */
    void whiteout(ByteString path) throws IOException {
        LayerDirectories.Place parent = parentOf(path);
        ByteString name = LayerPaths.name(path);
        Optional<Stat> existing = Nodes.find(parent.directory(), name);
        if (existing.isEmpty()) {
            touch(parent);
            Nodes.makeWhiteout(parent.directory(), name);
        } else if (existing.get().isDirectory()) {
            try (Fd directory = Nodes.openAt(parent.directory(), name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW)) {
                markOpaque(directory);
            }
        }
    }

    void opaque(ByteString path) throws IOException {
        if (path.isEmpty()) {
            rootOpaque = true;
        } else {
            markOpaque(directories.find(path).directory());
        }
    }

    /** Makes a hard link; false if this layer does not have its target, and then nothing has the link's name. */
    boolean link(LayerEntry.Hardlink entry) throws IOException {
        LayerDirectories.Place parent = clear(entry.path());
        ByteString name = LayerPaths.name(entry.target());
        try (Fd directory = Nodes.openInRoot(root, dotted(LayerPaths.parent(entry.target())), 0, OpenFlag.DIRECTORY)) {
            Optional<Stat> target = Nodes.find(directory, name);
            if (target.isEmpty()) {
                return false;
            }
            if (target.get().isDirectory() || target.get().isWhiteout()) {
                throw new TarException(entry.path() + ": a hard link to " + entry.target() + ", which is "
                        + (target.get().isDirectory() ? "a directory" : "deleted in the same layer"));
            }
            Nodes.makeHardlink(directory, name, parent.directory(), LayerPaths.name(entry.path()));
            return true;
        } catch (LinuxException e) {
            if (e.call().equals("open") && e.is(Errno.ENOENT, Errno.ENOTDIR)) {
                return false;
            }
            throw e;
        }
    }

    /** Whether the directory, or one on the way to it, hides what the lower layers have of it. */
    boolean isHidden(ByteString path) {
        for (ByteString at = path; !at.isEmpty(); at = LayerPaths.parent(at)) {
            try (Fd directory = Nodes.openAt(root, at, 0, OpenFlag.DIRECTORY)) {
                if (Xattrs.get(directory, marks.opaque()).isPresent()) {
                    return true;
                }
            }
        }
        return rootOpaque;
    }

    /** Gives a directory that is there its attributes. */
    void describe(ByteString path, Attributes attributes) {
        if (path.isEmpty()) {
            describe(root, path, attributes);
            return;
        }
        try (Fd directory = Nodes.openAt(root, path, 0, OpenFlag.DIRECTORY)) {
            describe(directory, path, attributes);
        }
    }

    /** Hides a name of the lower layers at the root, which itself takes no mark. */
    void hideAtRoot(ByteString name) throws IOException {
        whiteout(name);
    }

    /** Sets the times of all directories that were made or written to: after everything else. */
    void setTimes() {
        for (Map.Entry<ByteString, FileTime> entry : times.entrySet()) {
            if (entry.getKey().isEmpty()) {
                Nodes.changeTimes(root, entry.getValue(), entry.getValue());
                continue;
            }
            try (Fd directory = Nodes.openAt(root, entry.getKey(), 0, OpenFlag.DIRECTORY)) {
                Nodes.changeTimes(directory, entry.getValue(), entry.getValue());
            }
        }
    }

    private LayerDirectories.Place parentOf(ByteString path) throws IOException {
        return directories.find(LayerPaths.parent(path));
    }

    /** Finds the directory of the path and removes what has its name there. */
    private LayerDirectories.Place clear(ByteString path) throws IOException {
        LayerDirectories.Place parent = parentOf(path);
        touch(parent);
        ByteString name = LayerPaths.name(path);
        Optional<Stat> existing = Nodes.find(parent.directory(), name);
        if (existing.isPresent() && existing.get().isDirectory()) {
            ByteString gone = LayerPaths.child(parent.path(), name);
            times.keySet().removeIf(other -> other.equals(gone) || LayerPaths.isBelow(other, gone));
            inherited.removeIf(other -> other.equals(gone) || LayerPaths.isBelow(other, gone));
            directories.forget();
            parent = parentOf(path);
            TreeRemoval.remove(parent.directory(), name);
        } else if (existing.isPresent()) {
            Nodes.unlink(parent.directory(), name);
        }
        return parent;
    }

    /** Keeps the time of a directory that is about to be written to, where no entry has said another. */
    private void touch(LayerDirectories.Place place) {
        if (!times.containsKey(place.path())) {
            times.put(place.path(), Nodes.stat(place.directory()).modified());
        }
    }

    private void makeInherited(LayerDirectories.Place parent, ByteString name, boolean opaque) {
        touch(parent);
        Nodes.makeDirectory(parent.directory(), name, USUAL_DIRECTORY);
        ByteString path = LayerPaths.child(parent.path(), name);
        try (Fd directory = Nodes.openAt(parent.directory(), name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW)) {
            Nodes.changeOwner(directory, 0, 0);
            Nodes.changeMode(directory, USUAL_DIRECTORY);
            if (opaque) {
                markOpaque(directory);
            }
        }
        times.put(path, FileTime.EPOCH);
        inherited.add(path);
    }

    private void markOpaque(Fd directory) {
        Xattrs.set(directory, marks.opaque(), YES);
    }

    private void describe(Fd directory, ByteString path, Attributes attributes) {
        describe(directory, attributes);
        times.put(path, attributes.modified());
        inherited.remove(path);
    }

    private static void describe(Fd node, Attributes attributes) {
        Nodes.changeOwner(node, (int) attributes.uid(), (int) attributes.gid());
        Nodes.changeMode(node, attributes.mode());
        attributes.xattrs().forEach((name, value) -> {
            try {
                Xattrs.set(node, name, value.toBytes());
            } catch (LinuxException e) {
                requireHarmless(name, e);
            }
        });
    }

    private static void finishNode(LayerDirectories.Place parent, ByteString name, Attributes attributes) {
        attributes.xattrs().forEach((attribute, value) -> {
            try {
                Xattrs.set(parent.directory(), name, attribute, value.toBytes());
            } catch (LinuxException e) {
                requireHarmless(attribute, e);
            }
        });
        Nodes.changeTimes(parent.directory(), name, attributes.modified(), attributes.modified());
    }

    /** User attributes are dropped where file system or kind of node has none, as other tools do; capabilities are not. */
    private static void requireHarmless(ByteString xattr, LinuxException e) {
        if (xattr.equals(CAPABILITY) || !e.is(Errno.ENOTSUP, Errno.EPERM)) {
            throw e;
        }
    }

    private static ByteString dotted(ByteString path) {
        return path.isEmpty() ? ByteString.of(".") : path;
    }

    @Override
    public void close() {
        streams.close();
        directories.forget();
        root.close();
    }
}
