package dev.slipway.image.layer;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Stat;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An open directory of a tree that is only read. Names are single names of this directory. Closing it closes nothing
 * that was entered from it.
 */
public interface TreeDirectory extends AutoCloseable {
    /** A directory with nothing in it. */
    TreeDirectory EMPTY = new TreeDirectory() {
        @Override
        public List<ByteString> names() {
            return List.of();
        }

        @Override
        public Optional<Stat> find(ByteString name) {
            return Optional.empty();
        }

        @Override
        public SortedMap<ByteString, ByteString> xattrs(ByteString name) {
            return Collections.emptySortedMap();
        }

        @Override
        public ByteString linkTarget(ByteString name) {
            throw new IllegalArgumentException("not here: " + name);
        }

        @Override
        public TreeDirectory enter(ByteString name) {
            throw new IllegalArgumentException("not here: " + name);
        }

        @Override
        public void close() {}
    };

    /** Sorted by their bytes. */
    List<ByteString> names();

    /** The node of that name itself, be it a symlink. */
    Optional<Stat> find(ByteString name);

    /** All extended attributes of that name itself. */
    SortedMap<ByteString, ByteString> xattrs(ByteString name);

    /** Where the symlink of that name points to. */
    ByteString linkTarget(ByteString name);

    /** Opens the directory of that name. The caller closes it. */
    TreeDirectory enter(ByteString name);

    @Override
    void close();
}
