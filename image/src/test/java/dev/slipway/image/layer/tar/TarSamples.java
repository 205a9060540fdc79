package dev.slipway.image.layer.tar;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.FileTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Makes entries, archives and broken headers for the tests. */
final class TarSamples {
    private TarSamples() {}

    static TarEntry file(String name, long size) {
        return new TarEntry(
                TarEntry.Kind.FILE,
                ByteString.of(name),
                ByteString.EMPTY,
                0644,
                0,
                0,
                size,
                FileTime.ofSeconds(1),
                Device.NONE,
                Collections.emptySortedMap());
    }

    static byte[] archive(TarEntry... entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(out);
        for (TarEntry entry : entries) {
            writer.add(entry, new ByteArrayInputStream(new byte[(int) entry.size()]));
        }
        writer.finish();
        return out.toByteArray();
    }

    static List<TarEntry> read(byte[] archive) throws IOException {
        return read(archive, TarLimits.USUAL);
    }

    static List<TarEntry> read(byte[] archive, TarLimits limits) throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(archive), limits);
        List<TarEntry> entries = new ArrayList<>();
        for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            entries.add(entry.get());
        }
        return entries;
    }

    /** A header as another program may have made it: fields set by hand, the checksum right. */
    static byte[] header(char type, String name, String size, String... fieldsAtOffsets) {
        byte[] block = new byte[512];
        put(block, 0, name);
        put(block, 100, "0000644");
        put(block, 124, size);
        block[156] = (byte) type;
        put(block, 257, "ustar\00000");
        for (int i = 0; i < fieldsAtOffsets.length; i += 2) {
            put(block, Integer.parseInt(fieldsAtOffsets[i]), fieldsAtOffsets[i + 1]);
        }
        return summed(block);
    }

    static byte[] summed(byte[] block) {
        put(block, 148, "        ");
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, String.format("%06o\0 ", sum));
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    /** Content filled up to whole blocks. */
    static byte[] blocks(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.copyOf(bytes, (bytes.length + 511) / 512 * 512);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A PAX header with these records, as they are. */
    static byte[] pax(char type, String records) {
        return join(header(type, "x", String.format("%011o", records.length())), blocks(records));
    }

    /** One record with its length in front. */
    static String record(String key, String value) {
        int rest = key.length() + value.length() + 3;
        int length = rest + 1;
        while (Integer.toString(length).length() + rest != length) {
            length++;
        }
        return length + " " + key + "=" + value + "\n";
    }
}
