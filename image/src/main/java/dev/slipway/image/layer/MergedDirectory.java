package dev.slipway.image.layer;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.DirectoryListing;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.OpenFlag;
import dev.slipway.foundation.linux.Stat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/** A directory of several layers laid over each other, as a mount would show it, without a mount. */
public final class MergedDirectory implements TreeDirectory {
    /** The layers that have this directory and are not hidden, the uppermost first. */
    private final List<Fd> layers;

    private MergedDirectory(List<Fd> layers) {
        this.layers = List.copyOf(layers);
    }

    /** Opens the roots of layers that lie unpacked in the overlay file system's form. */
    public static MergedDirectory open(List<Path> topFirst) {
        List<Fd> roots = new ArrayList<>();
        try {
            for (Path layer : topFirst) {
                roots.add(Nodes.openDirectory(layer));
            }
            return new MergedDirectory(roots);
        } catch (LinuxException e) {
            roots.forEach(Fd::close);
            throw e;
        }
    }

    @Override
    public List<ByteString> names() {
        TreeSet<ByteString> all = new TreeSet<>();
        for (Fd layer : layers) {
            all.addAll(DirectoryListing.of(layer));
        }
        all.removeIf(name -> find(name).isEmpty());
        return List.copyOf(all);
    }

    @Override
    public Optional<Stat> find(ByteString name) {
        return locate(name).map(Located::stat);
    }

    @Override
    public SortedMap<ByteString, ByteString> xattrs(ByteString name) {
        return RawDirectory.xattrs(require(name).layer(), name);
    }

    @Override
    public ByteString linkTarget(ByteString name) {
        return Nodes.readLink(require(name).layer(), name);
    }

    /** The attributes of this directory, which are those of its uppermost layer; empty where there is no layer. */
    Optional<Attributes> self() {
        if (layers.isEmpty()) {
            return Optional.empty();
        }
        Fd top = layers.getFirst();
        return Optional.of(Attributes.of(Nodes.stat(top), RawDirectory.xattrs(top, ByteString.of("."))));
    }

    /** Opens a file's content. The caller closes it. */
    public Fd openFile(ByteString name) {
        return Nodes.openAt(require(name).layer(), name, 0, OpenFlag.NO_FOLLOW, OpenFlag.NON_BLOCKING);
    }

    @Override
    public MergedDirectory enter(ByteString name) {
        List<Fd> merged = new ArrayList<>();
        try {
            for (Fd layer : layers) {
                Optional<Stat> found = Nodes.find(layer, name);
                if (found.isEmpty()) {
                    continue;
                }
                if (!found.get().isDirectory()) {
                    break;
                }
                merged.add(Nodes.openAt(layer, name, 0, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW));
                if (OverlayMarks.areOpaque(RawDirectory.xattrs(layer, name))) {
                    break;
                }
            }
            return new MergedDirectory(merged);
        } catch (LinuxException e) {
            merged.forEach(Fd::close);
            throw e;
        }
    }

    private Located require(ByteString name) {
        return locate(name).orElseThrow(() -> new IllegalArgumentException("not here: " + name));
    }

    private Optional<Located> locate(ByteString name) {
        for (Fd layer : layers) {
            Optional<Stat> found = Nodes.find(layer, name);
            if (found.isPresent()) {
                return found.get().isWhiteout() ? Optional.empty() : Optional.of(new Located(layer, found.get()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        layers.forEach(Fd::close);
    }

    private record Located(Fd layer, Stat stat) {}
}
