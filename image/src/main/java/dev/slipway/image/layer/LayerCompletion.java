package dev.slipway.image.layer;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.image.layer.tar.TarException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/** The second half of unpacking a layer: what only the layers below it know. */
final class LayerCompletion {
    private final LayerTarget target;
    private final MergedDirectory lower;

    LayerCompletion(LayerTarget target, MergedDirectory lower) {
        this.target = target;
        this.lower = lower;
    }

    void complete(AppliedLayer applied) throws IOException {
        for (LayerEntry.Hardlink link : applied.pendingLinks()) {
            if (!target.link(link)) {
                copyUp(link);
                if (!target.link(link)) {
                    throw nowhere(link);
                }
            }
        }
        if (applied.opaqueRoot()) {
            for (ByteString name : lower.names()) {
                target.hideAtRoot(name);
            }
            return;
        }
        TreeSet<ByteString> inherited = new TreeSet<>(applied.inheritedDirectories());
        inherited.addAll(target.inherited());
        for (ByteString directory : inherited) {
            inherit(directory);
        }
    }

    private void inherit(ByteString path) throws IOException {
        if (target.isHidden(path)) {
            return;
        }
        if (path.isEmpty()) {
            lower.self().ifPresent(attributes -> target.describe(path, attributes));
            return;
        }
        visit(path, (parent, name, stat) -> {
            if (stat.isDirectory()) {
                target.describe(path, Attributes.of(stat, parent.xattrs(name)));
            }
        });
    }

    /** Brings the file that a link names into this layer, as the overlay file system does when a lower file is linked. */
    private void copyUp(LayerEntry.Hardlink link) throws IOException {
        boolean found = visit(link.target(), (parent, name, stat) -> {
            SortedMap<ByteString, ByteString> xattrs = parent.xattrs(name);
            Attributes attributes = Attributes.of(stat, xattrs);
            ByteString path = link.target();
            switch (stat.type()) {
                case REGULAR -> copyFile(new LayerEntry.RegularFile(path, attributes, stat.size()), parent, name);
                case SYMLINK -> target.symlink(new LayerEntry.Symlink(path, attributes, parent.linkTarget(name)));
                case FIFO, CHARACTER_DEVICE, BLOCK_DEVICE -> target.node(path, attributes, stat.type(), stat.device());
                case DIRECTORY, SOCKET -> throw nowhere(link);
            }
        });
        if (!found) {
            throw nowhere(link);
        }
    }

    private void copyFile(LayerEntry.RegularFile file, MergedDirectory parent, ByteString name) throws IOException {
        try (Fd content = parent.openFile(name);
                FdStreams streams = new FdStreams()) {
            target.file(file, streams.input(content));
        }
    }

    private static TarException nowhere(LayerEntry.Hardlink link) {
        return new TarException(link.path() + ": a hard link to " + link.target()
                + ", which neither this layer nor one below it has as a file");
    }

    private interface Visitor {
        void visit(MergedDirectory parent, ByteString name, Stat stat) throws IOException;
    }

    /** Looks a path up in the lower layers, following no symlink; false if it is not there. */
    private boolean visit(ByteString path, Visitor visitor) throws IOException {
        List<ByteString> names = LayerPaths.split(path);
        return visit(lower, names, visitor);
    }

    private static boolean visit(MergedDirectory directory, List<ByteString> names, Visitor visitor)
            throws IOException {
        ByteString name = names.getFirst();
        Optional<Stat> found = directory.find(name);
        if (found.isEmpty()) {
            return false;
        }
        if (names.size() == 1) {
            visitor.visit(directory, name, found.get());
            return true;
        }
        if (!found.get().isDirectory()) {
            return false;
        }
        try (MergedDirectory inner = directory.enter(name)) {
            return visit(inner, names.subList(1, names.size()), visitor);
        }
    }
}
