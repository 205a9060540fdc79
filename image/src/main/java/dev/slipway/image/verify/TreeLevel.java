package dev.slipway.image.verify;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One directory of a tree with its names; one that is not there has none. */
final class TreeLevel implements AutoCloseable {
    private final Optional<Fd> directory;
    private final List<ByteString> names;
    private final Set<ByteString> known;

    private TreeLevel(Optional<Fd> directory) {
        this.directory = directory;
        this.names = directory.map(DirectoryListing::of).orElse(List.of());
        this.known = new HashSet<>(names);
    }

    static TreeLevel root(Path tree) {
        return new TreeLevel(Optional.of(Nodes.openDirectory(tree)));
    }

    /** Sorted by their bytes. */
    List<ByteString> names() {
        return names;
    }

    boolean has(ByteString name) {
        return known.contains(name);
    }

    /** A node that a layer can hold: sockets are none. */
    Optional<Stat> find(ByteString name) {
        return has(name) ? Nodes.find(fd(), name).filter(stat -> stat.type() != FileType.SOCKET) : Optional.empty();
    }

    /** The directory of that name; one without names where there is none. */
    TreeLevel enter(ByteString name) {
        boolean there = find(name).filter(Stat::isDirectory).isPresent();
        return new TreeLevel(
                there
                        ? Optional.of(Nodes.openAt(fd(), name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW))
                        : Optional.empty());
    }

    Fd fd() {
        return directory.orElseThrow(() -> new IllegalStateException("there is no such directory"));
    }

    @Override
    public void close() {
        directory.ifPresent(Fd::close);
    }
}
