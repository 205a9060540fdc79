package dev.slipway.image.layout;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.image.json.ImageJson;
import dev.slipway.image.layer.tar.TarEntry;
import dev.slipway.image.layer.tar.TarWriter;
import dev.slipway.image.model.Index;
import dev.slipway.image.store.StoreErrors;
import dev.slipway.image.store.VerifyingInputStream;
import dev.slipway.image.transfer.BlobSource;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A layout as an archive whose bytes depend on the image alone.
 *
 * @param more files of other formats, by name
 */
record LayoutArchive(Index index, List<BlobSource> blobs, Map<String, byte[]> more) {
    private static final int BUFFER = 64 * 1024;
    private static final int MODE = 0644;

    LayoutArchive {
        blobs = List.copyOf(blobs);
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    /** Replaces the file when the archive is whole and every blob is what it should be. */
    void write(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path unfinished = absolute.resolveSibling(absolute.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    BUFFER)) {
                write(out);
            }
            Files.move(unfinished, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw StoreErrors.writing(absolute, 0, e);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Writes the archive and leaves the stream open. */
    void write(OutputStream out) throws IOException {
        TarWriter tar = new TarWriter(out);
        add(tar, Layout.MARK, Layout.mark());
        add(tar, Layout.INDEX, ImageJson.writeIndex(index));
        for (Map.Entry<String, byte[]> file : more.entrySet()) {
            add(tar, file.getKey(), file.getValue());
        }
        for (BlobSource blob : blobs) {
            try (VerifyingInputStream content = new VerifyingInputStream(blob.open(), blob.descriptor())) {
                tar.add(
                        entry(
                                Layout.blob(blob.descriptor().digest()),
                                blob.descriptor().size()),
                        content);
                content.verify();
            }
        }
        tar.finish();
    }

    private static void add(TarWriter tar, String name, byte[] content) throws IOException {
        tar.add(entry(name, content.length), new ByteArrayInputStream(content));
    }

    private static TarEntry entry(String name, long size) {
        return new TarEntry(
                TarEntry.Kind.FILE,
                ByteString.of(name),
                ByteString.EMPTY,
                MODE,
                0,
                0,
                size,
                FileTime.EPOCH,
                Device.NONE,
                new TreeMap<>());
    }
}
