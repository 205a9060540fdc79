package dev.slipway.image.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.Stat;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Decides what an overlay's upper directory says about the tree below it: a stream of layer entries, parents first,
 * names in the order of their bytes. Reads metadata only. Memory grows with the depth, the largest directory, and the
 * number of hard links.
 *
 * <p>The root itself makes no entry. An opaque directory becomes single whiteouts; a directory that the overlay copied
 * up without a change, and with no change below, makes no entry; a whiteout of what is not there makes none.
 */
public final class OverlayDiff {
    /** Takes the entries one by one. */
    @FunctionalInterface
    public interface Sink {
        void accept(LayerEntry entry) throws IOException;
    }

    /** Each level takes open directories and stack. */
    private static final int DEEPEST = 1000;

    private final Sink sink;
    private final FileTime latest;
    /** Directories on the way to the current one that nothing has needed yet, the outermost first. */
    private final Deque<LayerEntry.Directory> unneeded = new ArrayDeque<>();

    private final Map<Node, ByteString> firstNames = new HashMap<>();
    private long sockets;
    private int depth;

    /** @param latest no node gets a later modification time */
    public OverlayDiff(Sink sink, FileTime latest) {
        this.sink = requireNonNull(sink, "sink is null");
        this.latest = requireNonNull(latest, "latest is null");
    }

    /**
     * Compares, once per instance.
     *
     * @param upper as it lies on the disk, marks included
     * @param lower what the layers below show together
     * @return the number of sockets, which a layer cannot hold and which are left out
     * @throws BuildFailedException if a name cannot be in a layer, or vanishes meanwhile
     * @throws MachineException if the overlay was mounted so that the directory alone is not the difference
     * @throws IOException from the sink
     */
    public long compare(TreeDirectory upper, TreeDirectory lower) throws IOException {
        walk(ByteString.EMPTY, upper, lower, false);
        return sockets;
    }

    private void walk(ByteString path, TreeDirectory upper, TreeDirectory lower, boolean opaque) throws IOException {
        if (depth > DEEPEST) {
            throw new BuildFailedException(Problem.of(
                            "a tree of more than " + DEEPEST + " levels cannot be put into a layer",
                            "below its first directory, " + firstName(path))
                    .remedy("remove it in the instruction that makes it, or pack it into an archive"));
        }
        List<ByteString> present = upper.names();
        if (!opaque) {
            for (ByteString name : present) {
                present(path, name, upper, lower, false);
            }
            return;
        }
        Set<ByteString> mine = new HashSet<>(present);
        SortedSet<ByteString> all = new TreeSet<>(present);
        all.addAll(lower.names());
        for (ByteString name : all) {
            if (mine.contains(name)) {
                present(path, name, upper, lower, true);
            } else {
                emit(new LayerEntry.Whiteout(LayerPaths.child(path, name)));
            }
        }
    }

    private static String firstName(ByteString path) {
        String text = path.toString();
        return "/" + text.substring(0, text.indexOf('/'));
    }

    private void present(
            ByteString directory, ByteString name, TreeDirectory upper, TreeDirectory lower, boolean opaque)
            throws IOException {
        ByteString path = LayerPaths.child(directory, name);
        Stat stat = upper.find(name).orElseThrow(() -> changed(path, "it is gone"));
        boolean socket = stat.type() == FileType.SOCKET;
        if (socket) {
            sockets++;
        }
        if (stat.isWhiteout() || socket) {
            // A socket is left out, but what it has replaced is gone all the same.
            if (lower.find(name).isPresent()) {
                emit(new LayerEntry.Whiteout(path));
            }
            return;
        }
        if (name.startsWith(LayerPaths.MARK)) {
            throw new BuildFailedException(Problem.of("no layer can hold a file of this name, which marks a deletion")
                    .at("/" + path)
                    .remedy("give it a name that does not begin with .wh."));
        }
        SortedMap<ByteString, ByteString> xattrs = upper.xattrs(name);
        if (OverlayMarks.refersElsewhere(xattrs)) {
            throw new MachineException(Problem.of("this node stands for one of a lower layer")
                    .at("/" + path)
                    .remedy("mount the overlay with redirect_dir=off,metacopy=off,index=off"));
        }
        if (stat.isDirectory()) {
            directory(path, name, stat, xattrs, upper, lower, opaque);
        } else {
            node(path, name, stat, xattrs, upper);
        }
    }

    private void directory(
            ByteString path,
            ByteString name,
            Stat stat,
            SortedMap<ByteString, ByteString> xattrs,
            TreeDirectory upper,
            TreeDirectory lower,
            boolean insideOpaque)
            throws IOException {
        boolean opaque = insideOpaque || OverlayMarks.areOpaque(xattrs);
        Optional<Stat> below = lower.find(name).filter(Stat::isDirectory);
        Attributes attributes = Attributes.of(stat, xattrs).notAfter(latest);
        LayerEntry.Directory entry = new LayerEntry.Directory(path, attributes);
        unneeded.addLast(entry);
        // Times that are lowered anyway must not decide: how fine they are depends on the file system.
        if (opaque
                || below.isEmpty()
                || !attributes.equals(
                        Attributes.of(below.get(), lower.xattrs(name)).notAfter(latest))) {
            emitUnneeded();
        }
        try (TreeDirectory upperInner = upper.enter(name);
                TreeDirectory lowerInner = below.isPresent() ? lower.enter(name) : TreeDirectory.EMPTY) {
            depth++;
            walk(path, upperInner, lowerInner, opaque);
            depth--;
        }
        if (entry.equals(unneeded.peekLast())) {
            unneeded.removeLast();
        }
    }

    private void node(
            ByteString path, ByteString name, Stat stat, SortedMap<ByteString, ByteString> xattrs, TreeDirectory upper)
            throws IOException {
        Attributes attributes = Attributes.of(stat, xattrs).notAfter(latest);
        if (stat.links() > 1) {
            ByteString first = firstNames.putIfAbsent(new Node(stat.fileSystem(), stat.inode()), path);
            if (first != null) {
                emit(new LayerEntry.Hardlink(path, attributes, first));
                return;
            }
        }
        switch (stat.type()) {
            case REGULAR -> emit(new LayerEntry.RegularFile(path, attributes, stat.size()));
            case SYMLINK -> emit(new LayerEntry.Symlink(path, attributes, upper.linkTarget(name)));
            case FIFO -> emit(new LayerEntry.Fifo(path, attributes));
            case CHARACTER_DEVICE, BLOCK_DEVICE ->
                emit(new LayerEntry.DeviceNode(path, attributes, stat.type(), stat.device()));
            case SOCKET, DIRECTORY -> throw new IllegalStateException("handled elsewhere: " + path);
        }
    }

    private void emit(LayerEntry entry) throws IOException {
        emitUnneeded();
        sink.accept(entry);
    }

    private void emitUnneeded() throws IOException {
        while (!unneeded.isEmpty()) {
            sink.accept(unneeded.removeFirst());
        }
    }

    static BuildFailedException changed(ByteString path, String how) {
        return new BuildFailedException(Problem.of("changed while it was read", how)
                .at("/" + path)
                .remedy("end what writes it before the step ends"));
    }

    private record Node(Device fileSystem, long inode) {}
}
