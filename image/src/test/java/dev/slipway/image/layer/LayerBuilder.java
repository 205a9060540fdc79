package dev.slipway.image.layer;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.image.layer.tar.TarEntry;
import dev.slipway.image.layer.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/** Writes archives with any names, clean or hostile. */
final class LayerBuilder {
    static final FileTime TIME = FileTime.ofSeconds(1_000_000_000);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final TarWriter tar = new TarWriter(out);
    private final TreeMap<ByteString, ByteString> xattrs = new TreeMap<>();
    private int mode = -1;
    private long uid;

    /** For the next entry only. */
    LayerBuilder xattr(String name, String value) {
        xattrs.put(ByteString.of(name), ByteString.of(value.getBytes(StandardCharsets.ISO_8859_1)));
        return this;
    }

    /** For the next entry only. */
    LayerBuilder owned(long newUid, int newMode) {
        uid = newUid;
        mode = newMode;
        return this;
    }

    LayerBuilder directory(String name) throws IOException {
        return add(TarEntry.Kind.DIRECTORY, name, "", "", Device.NONE, 0755);
    }

    LayerBuilder file(String name, String content) throws IOException {
        return add(TarEntry.Kind.FILE, name, "", content, Device.NONE, 0644);
    }

    LayerBuilder symlink(String name, String target) throws IOException {
        return add(TarEntry.Kind.SYMLINK, name, target, "", Device.NONE, 0777);
    }

    LayerBuilder hardlink(String name, String target) throws IOException {
        return add(TarEntry.Kind.HARDLINK, name, target, "", Device.NONE, 0644);
    }

    LayerBuilder device(String name, int major, int minor) throws IOException {
        return add(TarEntry.Kind.BLOCK_DEVICE, name, "", "", new Device(major, minor), 0660);
    }

    LayerBuilder fifo(String name) throws IOException {
        return add(TarEntry.Kind.FIFO, name, "", "", Device.NONE, 0600);
    }

    private LayerBuilder add(TarEntry.Kind kind, String name, String link, String content, Device device, int usualMode)
            throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarEntry entry = new TarEntry(
                kind,
                ByteString.of(name),
                ByteString.of(link),
                mode < 0 ? usualMode : mode,
                uid,
                uid,
                bytes.length,
                TIME,
                device,
                xattrs);
        tar.add(entry, new ByteArrayInputStream(bytes));
        xattrs.clear();
        mode = -1;
        uid = 0;
        return this;
    }

    byte[] toBytes() throws IOException {
        tar.finish();
        return out.toByteArray();
    }

    InputStream open() throws IOException {
        return new ByteArrayInputStream(toBytes());
    }
}
