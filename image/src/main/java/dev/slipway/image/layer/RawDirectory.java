package dev.slipway.image.layer;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.foundation.linux.Xattrs;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A directory of the disk as it is, the overlay file system's marks included. */
final class RawDirectory implements TreeDirectory {
    private final Fd directory;

    RawDirectory(Fd directory) {
        this.directory = directory;
    }

    @Override
    public List<ByteString> names() {
        return DirectoryListing.of(directory);
    }

    @Override
    public Optional<Stat> find(ByteString name) {
        return Nodes.find(directory, name);
    }

    @Override
    public SortedMap<ByteString, ByteString> xattrs(ByteString name) {
        return xattrs(directory, name);
    }

    static SortedMap<ByteString, ByteString> xattrs(Fd directory, ByteString name) {
        SortedMap<ByteString, ByteString> xattrs = new TreeMap<>();
        for (ByteString attribute : Xattrs.list(directory, name)) {
            Xattrs.get(directory, name, attribute).ifPresent(value -> xattrs.put(attribute, ByteString.of(value)));
        }
        return xattrs;
    }

    @Override
    public ByteString linkTarget(ByteString name) {
        return Nodes.readLink(directory, name);
    }

    @Override
    public TreeDirectory enter(ByteString name) {
        return new RawDirectory(Nodes.openAt(directory, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW));
    }

    @Override
    public void close() {
        directory.close();
    }
}
