package dev.slipway.image.layer.tar;

import dev.slipway.foundation.linux.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes archives whose bytes depend on their entries only: a ustar header, before it a PAX header where a value does
 * not fit; times in whole seconds, no user or group names, no padding beyond two blocks of zeros. Not thread-safe;
 * {@link #finish} ends the archive, the stream is the caller's to close.
 */
public final class TarWriter {
    private static final int BUFFER = 64 * 1024;
    private static final long LARGEST_ID = 07777777;
    private static final long LARGEST_NUMBER = 077777777777L;
    private static final ByteString NOTHING = ByteString.EMPTY;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];

    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes an entry that has no content. */
    public void add(TarEntry entry) throws IOException {
        if (entry.size() > 0) {
            throw new IllegalArgumentException("no content for " + entry.name());
        }
        writeHeaders(entry);
    }

    /**
     * Writes a file.
     *
     * @throws TarException if the content is shorter or longer than the entry says
     */
    public void add(TarEntry entry, InputStream content) throws IOException {
        writeHeaders(entry);
        long left = entry.size();
        while (left > 0) {
            int got = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (got < 0) {
                throw new TarException(entry.name() + ": shorter than its " + entry.size() + " bytes");
            }
            out.write(buffer, 0, got);
            left -= got;
        }
        if (content.read() >= 0) {
            throw new TarException(entry.name() + ": longer than its " + entry.size() + " bytes");
        }
        writePadding(entry.size());
    }

    /** Ends the archive. */
    public void finish() throws IOException {
        out.write(new byte[2 * Block.SIZE]);
        out.flush();
    }

    private void writeHeaders(TarEntry entry) throws IOException {
        SortedMap<ByteString, ByteString> pax = paxRecords(entry);
        if (!pax.isEmpty()) {
            byte[] records = encode(pax);
            byte[] header = block(ByteString.of("PaxHeaders.0/entry"), NOTHING, (byte) 'x');
            octal(header, Block.SIZE_FIELD, Block.LARGE, records.length);
            writeBlock(header);
            out.write(records);
            writePadding(records.length);
        }
        byte[] header = block(entry.name(), entry.linkName(), entry.kind().flag());
        octal(header, Block.MODE, Block.SMALL, entry.mode());
        octal(header, Block.UID, Block.SMALL, entry.uid() <= LARGEST_ID ? entry.uid() : 0);
        octal(header, Block.GID, Block.SMALL, entry.gid() <= LARGEST_ID ? entry.gid() : 0);
        octal(header, Block.SIZE_FIELD, Block.LARGE, entry.size() <= LARGEST_NUMBER ? entry.size() : 0);
        long seconds = entry.modified().seconds();
        octal(header, Block.MTIME, Block.LARGE, seconds >= 0 && seconds <= LARGEST_NUMBER ? seconds : 0);
        octal(header, Block.MAJOR, Block.SMALL, entry.device().major());
        octal(header, Block.MINOR, Block.SMALL, entry.device().minor());
        writeBlock(header);
    }

    private static SortedMap<ByteString, ByteString> paxRecords(TarEntry entry) {
        SortedMap<ByteString, ByteString> pax = new TreeMap<>();
        if (!fits(entry.name())) {
            pax.put(ByteString.of("path"), entry.name());
        }
        if (!fits(entry.linkName())) {
            pax.put(ByteString.of("linkpath"), entry.linkName());
        }
        putNumber(pax, "uid", entry.uid(), LARGEST_ID);
        putNumber(pax, "gid", entry.gid(), LARGEST_ID);
        putNumber(pax, "size", entry.size(), LARGEST_NUMBER);
        putNumber(pax, "mtime", entry.modified().seconds(), LARGEST_NUMBER);
        for (Map.Entry<ByteString, ByteString> xattr : entry.xattrs().entrySet()) {
            pax.put(ByteString.of(PaxRecords.XATTR).plus(xattr.getKey()), xattr.getValue());
        }
        return pax;
    }

    private static void putNumber(SortedMap<ByteString, ByteString> pax, String key, long value, long largest) {
        if (value < 0 || value > largest) {
            pax.put(ByteString.of(key), ByteString.of(Long.toString(value)));
        }
    }

    /** Whether the header has room for it; other than ASCII is for PAX, whose texts are UTF-8. */
    private static boolean fits(ByteString name) {
        if (name.length() > Block.NAME_LENGTH) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.at(i) < 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] encode(SortedMap<ByteString, ByteString> pax) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (Map.Entry<ByteString, ByteString> record : pax.entrySet()) {
            // blank, "=" and line end, and the length counts its own digits
            int rest = record.getKey().length() + record.getValue().length() + 3;
            int length = rest + digits(rest);
            length = rest + digits(length);
            records.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
            records.writeBytes(record.getKey().toBytes());
            records.write('=');
            records.writeBytes(record.getValue().toBytes());
            records.write('\n');
        }
        return records.toByteArray();
    }

    private static int digits(int number) {
        return Integer.toString(number).length();
    }

    private static byte[] block(ByteString name, ByteString link, byte type) {
        byte[] block = new byte[Block.SIZE];
        text(block, Block.NAME, name);
        text(block, Block.LINK, link);
        block[Block.TYPE] = type;
        ByteString.of("ustar\00000").copyTo(block, Block.MAGIC);
        for (int field : new int[] {Block.MODE, Block.UID, Block.GID, Block.MAJOR, Block.MINOR}) {
            octal(block, field, Block.SMALL, 0);
        }
        octal(block, Block.MTIME, Block.LARGE, 0);
        return block;
    }

    /** What has no room is cut: the PAX header says it in full, and an old tool sees at least the beginning. */
    private static void text(byte[] block, int at, ByteString text) {
        for (int i = 0; i < Math.min(text.length(), Block.NAME_LENGTH); i++) {
            block[at + i] = text.at(i) < 0 ? (byte) '_' : text.at(i);
        }
    }

    private static void octal(byte[] block, int at, int length, long value) {
        byte[] digits = Long.toOctalString(value).getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(block, at, at + length - 1, (byte) '0');
        System.arraycopy(digits, 0, block, at + length - 1 - digits.length, digits.length);
    }

    private void writeBlock(byte[] block) throws IOException {
        Arrays.fill(block, Block.CHECKSUM, Block.CHECKSUM + Block.SMALL, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        octal(block, Block.CHECKSUM, Block.SMALL - 1, sum);
        block[Block.CHECKSUM + Block.SMALL - 2] = 0;
        out.write(block);
    }

    private void writePadding(long size) throws IOException {
        out.write(new byte[(int) (-size & (Block.SIZE - 1))]);
    }
}
