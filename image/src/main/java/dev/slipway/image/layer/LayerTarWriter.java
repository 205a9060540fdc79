package dev.slipway.image.layer;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.image.layer.tar.TarEntry;
import dev.slipway.image.layer.tar.TarException;
import dev.slipway.image.layer.tar.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Writes the entries of a layer as an archive whose bytes depend on them alone. Times lose their fraction, as layers
 * have it. {@link #finish} ends the archive; the stream is the caller's to close.
 */
public final class LayerTarWriter {
    private static final Attributes OF_MARKS = Attributes.ofRoot(0, FileTime.EPOCH);
    private static final ByteString SLASH = ByteString.of("/");

    private final TarWriter tar;

    public LayerTarWriter(OutputStream out) {
        this.tar = new TarWriter(out);
    }

    /** Writes an entry without content. */
    public void write(LayerEntry entry) throws IOException {
        tar.add(header(entry));
    }

    /**
     * Writes a file.
     *
     * @throws TarException if the content is not as long as the entry says
     */
    public void write(LayerEntry.RegularFile file, InputStream content) throws IOException {
        tar.add(header(file), content);
    }

    public void finish() throws IOException {
        tar.finish();
    }

    private static TarEntry header(LayerEntry entry) {
        ByteString path = entry.path();
        return switch (entry) {
            case LayerEntry.Directory directory ->
                header(
                        TarEntry.Kind.DIRECTORY,
                        path.isEmpty() ? ByteString.of("./") : path.plus(SLASH),
                        directory.attributes());
            case LayerEntry.RegularFile file ->
                header(TarEntry.Kind.FILE, path, ByteString.EMPTY, file.attributes(), file.size(), Device.NONE);
            case LayerEntry.Symlink link ->
                header(TarEntry.Kind.SYMLINK, path, link.target(), link.attributes(), 0, Device.NONE);
            case LayerEntry.Hardlink link ->
                header(TarEntry.Kind.HARDLINK, path, link.target(), link.attributes(), 0, Device.NONE);
            case LayerEntry.DeviceNode node ->
                header(
                        node.type() == FileType.BLOCK_DEVICE
                                ? TarEntry.Kind.BLOCK_DEVICE
                                : TarEntry.Kind.CHARACTER_DEVICE,
                        path,
                        ByteString.EMPTY,
                        node.attributes(),
                        0,
                        node.device());
            case LayerEntry.Fifo fifo -> header(TarEntry.Kind.FIFO, path, fifo.attributes());
            case LayerEntry.Whiteout ignored ->
                header(
                        TarEntry.Kind.FILE,
                        LayerPaths.child(LayerPaths.parent(path), LayerPaths.MARK.plus(LayerPaths.name(path))),
                        OF_MARKS);
            case LayerEntry.Opaque ignored ->
                header(TarEntry.Kind.FILE, LayerPaths.child(path, LayerPaths.OPAQUE), OF_MARKS);
        };
    }

    private static TarEntry header(TarEntry.Kind kind, ByteString name, Attributes attributes) {
        return header(kind, name, ByteString.EMPTY, attributes, 0, Device.NONE);
    }

    private static TarEntry header(
            TarEntry.Kind kind, ByteString name, ByteString link, Attributes attributes, long size, Device device) {
        return new TarEntry(
                kind,
                name,
                link,
                attributes.mode(),
                attributes.uid(),
                attributes.gid(),
                size,
                FileTime.ofSeconds(attributes.modified().seconds()),
                device,
                attributes.xattrs());
    }
}
