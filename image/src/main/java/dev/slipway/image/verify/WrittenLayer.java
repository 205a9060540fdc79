package dev.slipway.image.verify;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.image.layer.tar.TarEntry;
import dev.slipway.image.layer.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A layer of our own, read back entry by entry, with the rules that make it mean the same to every runtime: plain
 * relative names, the order of a walk (so parents first and one entry a path), nothing below what is no directory, no
 * attribute of the overlay, no hard link forwards.
 */
final class WrittenLayer {
    private static final ByteString MARK = ByteString.of(".wh.");
    private static final ByteString RESERVED = ByteString.of(".wh..wh.");
    private static final ByteString SLASH = ByteString.of("/");

    private final TarReader tar;
    private Optional<Item> next = Optional.empty();
    private ByteString last = ByteString.EMPTY;
    private boolean lastHoldsOthers = true;

    /**
     * One statement of a layer.
     *
     * @param path what it is about: of a deletion, the deleted name
     * @param deletes whether it says that the path is gone
     */
    record Item(ByteString path, boolean deletes, TarEntry entry) {}

    WrittenLayer(InputStream tar) throws IOException {
        this.tar = new TarReader(tar);
        advance();
    }

    /** The statement that comes next; {@link #advance} goes on. */
    Optional<Item> peek() {
        return next;
    }

    /** The statement about this path, if it comes next. Its content can be read until {@link #advance}. */
    Optional<Item> at(ByteString path) {
        return next.filter(item -> item.path().equals(path));
    }

    boolean isNextBelow(ByteString directory) {
        return next.isPresent() && EntryPath.isBelow(next.get().path(), directory);
    }

    /** The content of the file that comes next. */
    InputStream content() {
        return tar.content();
    }

    /** Goes on to the next statement; reads to the last byte where there is none. */
    void advance() throws IOException {
        Optional<TarEntry> read = tar.next();
        if (read.isEmpty()) {
            tar.drain();
            next = Optional.empty();
            return;
        }
        Item item = item(read.get());
        requireInOrder(item);
        next = Optional.of(item);
    }

    private static Item item(TarEntry entry) {
        ByteString path = entry.name();
        if (entry.kind() == TarEntry.Kind.DIRECTORY && path.endsWith(SLASH)) {
            path = path.slice(0, path.length() - 1);
        }
        if (!EntryPath.isPlain(path)) {
            throw Differences.rule(path, "its name is not relative and clean: '" + entry.name() + "'");
        }
        ByteString name = EntryPath.name(path);
        if (!name.startsWith(MARK)) {
            requireOwnAttributes(path, entry);
            requireLinkBack(path, entry);
            return new Item(path, false, entry);
        }
        ByteString deleted = name.slice(MARK.length());
        if (entry.kind() != TarEntry.Kind.FILE
                || entry.size() > 0
                || name.startsWith(RESERVED)
                || !EntryPath.isPlain(deleted)) {
            throw Differences.rule(path, "it is no deletion of one name");
        }
        return new Item(EntryPath.child(EntryPath.parent(path), deleted), true, entry);
    }

    private static void requireOwnAttributes(ByteString path, TarEntry entry) {
        for (ByteString attribute : entry.xattrs().keySet()) {
            if (!NodeFacts.belongsToLayers(attribute)) {
                throw Differences.rule(path, "it has the attribute " + attribute + ", which belongs to no layer");
            }
        }
    }

    /** Archives are read from the start: a link to what comes later, or to itself, cannot be made. */
    private static void requireLinkBack(ByteString path, TarEntry entry) {
        if (entry.kind() == TarEntry.Kind.HARDLINK
                && (!EntryPath.isPlain(entry.linkName()) || EntryPath.ORDER.compare(entry.linkName(), path) >= 0)) {
            throw Differences.rule(
                    path, "it is a hard link to '" + entry.linkName() + "', which is no earlier name of the layer");
        }
    }

    private void requireInOrder(Item item) {
        ByteString path = item.path();
        if (EntryPath.ORDER.compare(path, last) <= 0) {
            throw Differences.rule(path, path.equals(last) ? "it has two entries" : "it comes after /" + last);
        }
        if (!lastHoldsOthers && EntryPath.isBelow(path, last)) {
            throw Differences.rule(path, "it lies below /" + last + ", which the layer has as no directory");
        }
        last = path;
        lastHoldsOthers = !item.deletes() && item.entry().kind() == TarEntry.Kind.DIRECTORY;
    }
}
