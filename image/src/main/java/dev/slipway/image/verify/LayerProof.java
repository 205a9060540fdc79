package dev.slipway.image.verify;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.image.layer.tar.TarEntry;
import dev.slipway.image.layer.tar.TarException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Proves that a layer turns one tree into the next: every path that the layer, or the directory that the change was
 * written to, has anything to say about is, after the layer, what the tree shows there. Where neither says anything the
 * two trees are the same by the way they are stacked, but for names that have gone. The attributes of the root are not
 * compared, since layers do not carry them; nor are sockets, which they cannot hold.
 *
 * <p>Layer and trees are read at the same time, in the order of a walk: memory grows with the depth, the largest directory
 * and the number of hard links; time with the layer, and with the number of names in the directories that it touches.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/layer.md">image-spec, layer</a>
 */
public final class LayerProof {
    private final WrittenLayer layer;
    private final FileTime latest;
    private final ByteComparison contents;
    private final HardLinks links;
    private long compared;

    private LayerProof(WrittenLayer layer, FileTime latest, ByteComparison contents, HardLinks links) {
        this.layer = layer;
        this.latest = latest;
        this.contents = contents;
        this.links = links;
    }

    /**
     * Proves one layer.
     *
     * @param tar the layer's uncompressed archive, read to its last byte; the caller closes it
     * @param written the directory that the change was written to: a name that is not in it has not changed, or has gone
     * @param before the tree below the layer, as a mount shows it
     * @param after the tree with the layer, as a mount shows it
     * @param latest no time of the layer is later ({@code SOURCE_DATE_EPOCH})
     * @return how many paths were compared: those of the layer, their parents, and what the written directory holds
     * @throws BuildFailedException naming the first path that is not right, and both values
     * @throws IOException if the archive cannot be read
     */
    public static long prove(InputStream tar, Path written, Path before, Path after, FileTime latest)
            throws IOException {
        try (FdStreams streams = new FdStreams();
                TreeLevel writtenRoot = TreeLevel.root(written);
                TreeLevel beforeRoot = TreeLevel.root(before);
                TreeLevel afterRoot = TreeLevel.root(after)) {
            LayerProof proof = new LayerProof(
                    new WrittenLayer(tar), latest, new ByteComparison(streams), new HardLinks(afterRoot.fd()));
            proof.directory(ByteString.EMPTY, writtenRoot, beforeRoot, afterRoot);
            return proof.compared;
        } catch (TarException e) {
            throw Differences.rule(ByteString.EMPTY, "its archive is broken: " + e.getMessage());
        }
    }

    private void directory(ByteString path, TreeLevel written, TreeLevel before, TreeLevel after) throws IOException {
        SortedSet<ByteString> listed = new TreeSet<>(written.names());
        listed.addAll(before.names());
        listed.addAll(after.names());
        while (true) {
            Optional<ByteString> name = nextName(path, listed);
            if (name.isEmpty()) {
                return;
            }
            listed.remove(name.get());
            node(path, name.get(), written, before, after);
        }
    }

    private Optional<ByteString> nextName(ByteString directory, SortedSet<ByteString> listed) {
        Optional<ByteString> inLayer = layer.peek()
                .filter(item -> EntryPath.isBelow(item.path(), directory))
                .map(item -> EntryPath.step(item.path(), directory));
        if (listed.isEmpty() || (inLayer.isPresent() && inLayer.get().compareTo(listed.getFirst()) < 0)) {
            return inLayer;
        }
        return Optional.of(listed.getFirst());
    }

    private void node(ByteString directory, ByteString name, TreeLevel written, TreeLevel before, TreeLevel after)
            throws IOException {
        ByteString path = EntryPath.child(directory, name);
        Optional<WrittenLayer.Item> item = layer.at(path);
        if (item.isEmpty() && !layer.isNextBelow(path) && !written.has(name)) {
            requireSamePresence(path, before.has(name), after.has(name));
            return;
        }
        compared++;
        Optional<Stat> found = after.find(name);
        if (item.isPresent()) {
            stated(item.get(), name, found, before, after);
            layer.advance();
        } else {
            unstated(path, name, found, written, before, after);
        }
        if (found.filter(Stat::isDirectory).isPresent()) {
            if (written.has(name) || layer.isNextBelow(path)) {
                try (TreeLevel writtenInner = written.enter(name);
                        TreeLevel beforeInner = before.enter(name);
                        TreeLevel afterInner = after.enter(name)) {
                    directory(path, writtenInner, beforeInner, afterInner);
                }
            }
        } else if (layer.isNextBelow(path)) {
            ByteString below = layer.peek().orElseThrow().path();
            throw Differences.between(
                    below,
                    "an entry",
                    "nothing: /" + path + " is "
                            + found.map(stat -> NodeFacts.shown(stat.type())).orElse("not there"));
        }
    }

    private static void requireSamePresence(ByteString path, boolean before, boolean after) {
        if (before != after) {
            throw Differences.between(path, before ? "no deletion" : "no entry", before ? "nothing" : "it");
        }
    }

    /** The layer says something: the tree must show it. */
    private void stated(
            WrittenLayer.Item item, ByteString name, Optional<Stat> found, TreeLevel before, TreeLevel after)
            throws IOException {
        ByteString path = item.path();
        if (item.deletes()) {
            if (found.isPresent()) {
                throw Differences.between(
                        path, "a deletion", NodeFacts.shown(found.get().type()));
            }
            if (!before.has(name)) {
                throw Differences.rule(path, "it is deleted, and the layers below do not have it");
            }
            return;
        }
        TarEntry entry = item.entry();
        if (found.isEmpty()) {
            throw Differences.between(path, "an entry of the kind " + entry.kind(), "nothing");
        }
        NodeFacts shown = NodeFacts.of(after.fd(), name, found.get(), latest);
        boolean link = entry.kind() == TarEntry.Kind.HARDLINK;
        requireSame(path, link ? NodeFacts.ofLink(entry, shown) : NodeFacts.of(entry), shown);
        if (link) {
            links.requireLinked(path, entry.linkName(), found.get());
        } else if (!found.get().isDirectory()) {
            links.requireFirst(path, found.get());
        }
        if (entry.kind() == TarEntry.Kind.FILE) {
            try (Fd file = Nodes.openAt(after.fd(), name, 0, OpenFlag.NO_FOLLOW, OpenFlag.NON_BLOCKING)) {
                contents.requireSame(path, layer.content(), file);
            }
        }
    }

    /**
     * The layer says nothing, although it or the written directory is about this path: it must be as it was, but for times
     * that no layer could tell apart.
     */
    private void unstated(
            ByteString path,
            ByteString name,
            Optional<Stat> found,
            TreeLevel written,
            TreeLevel before,
            TreeLevel after) {
        Optional<Stat> was = before.find(name);
        if (found.isEmpty()) {
            requireSamePresence(path, was.isPresent(), false);
            return;
        }
        Stat stat = found.get();
        if (written.has(name) && !stat.isDirectory()) {
            throw Differences.between(path, "no entry", NodeFacts.shown(stat.type()));
        }
        if (was.isEmpty()) {
            throw Differences.between(path, "no entry", NodeFacts.shown(stat.type()));
        }
        if (stat.type() != FileType.DIRECTORY) {
            return;
        }
        requireSame(
                path, NodeFacts.of(before.fd(), name, was.get(), latest), NodeFacts.of(after.fd(), name, stat, latest));
    }

    private static void requireSame(ByteString path, NodeFacts layer, NodeFacts tree) {
        layer.difference(tree).ifPresent(pair -> {
            throw Differences.between(path, pair.first(), pair.second());
        });
    }
}
