package dev.slipway.image.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.image.layer.tar.TarEntry;
import dev.slipway.image.layer.tar.TarException;
import dev.slipway.image.layer.tar.TarLimits;
import dev.slipway.image.layer.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the entries of a layer from its uncompressed archive: paths cleaned, {@code .wh.} names understood. */
public final class LayerTarReader {
    private final TarReader tar;

    public LayerTarReader(InputStream in) {
        this(in, TarLimits.USUAL);
    }

    public LayerTarReader(InputStream in, TarLimits limits) {
        this.tar = new TarReader(in, requireNonNull(limits, "limits is null"));
    }

    /**
     * The next entry; empty at the end, when the stream has been read to its last byte.
     *
     * @throws TarException if the archive is broken or a path leads out of the layer
     */
    public Optional<LayerEntry> next() throws IOException {
        for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
            Optional<LayerEntry> read = read(entry.get());
            if (read.isPresent()) {
                return read;
            }
        }
        tar.drain();
        return Optional.empty();
    }

    /** The content of the current entry. */
    public InputStream content() {
        return tar.content();
    }

    private static Optional<LayerEntry> read(TarEntry entry) throws TarException {
        ByteString path = LayerPaths.clean(entry.name());
        ByteString name = LayerPaths.name(path);
        if (name.startsWith(LayerPaths.MARK)) {
            return mark(path, name);
        }
        if (path.isEmpty() && entry.kind() != TarEntry.Kind.DIRECTORY) {
            throw new TarException("'" + entry.name() + "': the root of a layer can only be a directory");
        }
        return Optional.of(node(path, entry));
    }

    private static Optional<LayerEntry> mark(ByteString path, ByteString name) throws TarException {
        ByteString directory = LayerPaths.parent(path);
        if (name.equals(LayerPaths.OPAQUE)) {
            return Optional.of(new LayerEntry.Opaque(directory));
        }
        if (name.startsWith(LayerPaths.AUFS_OWN)) {
            return Optional.empty();
        }
        ByteString deleted = name.slice(LayerPaths.MARK.length());
        if (deleted.isEmpty() || deleted.equals(ByteString.of(".")) || deleted.equals(ByteString.of(".."))) {
            throw new TarException(path + ": deletes no name");
        }
        return Optional.of(new LayerEntry.Whiteout(LayerPaths.child(directory, deleted)));
    }

    private static LayerEntry node(ByteString path, TarEntry entry) throws TarException {
        Attributes attributes =
                new Attributes(entry.mode(), entry.uid(), entry.gid(), entry.modified(), kept(entry.xattrs()));
        return switch (entry.kind()) {
            case DIRECTORY -> new LayerEntry.Directory(path, attributes);
            case FILE -> new LayerEntry.RegularFile(path, attributes, entry.size());
            case SYMLINK -> symlink(path, attributes, entry.linkName());
            case HARDLINK -> hardlink(path, attributes, entry.linkName());
            case CHARACTER_DEVICE ->
                new LayerEntry.DeviceNode(path, attributes, FileType.CHARACTER_DEVICE, entry.device());
            case BLOCK_DEVICE -> new LayerEntry.DeviceNode(path, attributes, FileType.BLOCK_DEVICE, entry.device());
            case FIFO -> new LayerEntry.Fifo(path, attributes);
        };
    }

    private static LayerEntry symlink(ByteString path, Attributes attributes, ByteString target) throws TarException {
        if (target.isEmpty() || target.indexOf(0, 0) >= 0) {
            throw new TarException(path + ": a symlink without a proper target");
        }
        return new LayerEntry.Symlink(path, attributes, target);
    }

    private static LayerEntry hardlink(ByteString path, Attributes attributes, ByteString name) throws TarException {
        ByteString target = LayerPaths.clean(name);
        if (target.isEmpty() || LayerPaths.name(target).startsWith(LayerPaths.MARK)) {
            throw new TarException(path + ": a hard link to '" + name + "', which is no file");
        }
        return new LayerEntry.Hardlink(path, attributes, target);
    }

    private static SortedMap<ByteString, ByteString> kept(SortedMap<ByteString, ByteString> xattrs) {
        SortedMap<ByteString, ByteString> kept = new TreeMap<>();
        xattrs.forEach((name, value) -> {
            if (Attributes.isKept(name)) {
                kept.put(name, value);
            }
        });
        return kept;
    }
}
