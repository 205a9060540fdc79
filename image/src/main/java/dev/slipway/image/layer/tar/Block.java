package dev.slipway.image.layer.tar;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;

/**
 * The 512 bytes of a header.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">POSIX pax, ustar interchange format</a>
 */
final class Block {
    static final int SIZE = 512;

    static final int NAME = 0;
    static final int NAME_LENGTH = 100;
    static final int MODE = 100;
    static final int UID = 108;
    static final int GID = 116;
    static final int SIZE_FIELD = 124;
    static final int MTIME = 136;
    static final int CHECKSUM = 148;
    static final int TYPE = 156;
    static final int LINK = 157;
    static final int MAGIC = 257;
    static final int MAJOR = 329;
    static final int MINOR = 337;
    static final int PREFIX = 345;
    static final int PREFIX_LENGTH = 155;
    static final int SMALL = 8;
    static final int LARGE = 12;

    private static final ByteString POSIX = ByteString.of("ustar\0");
    private static final ByteString GNU = ByteString.of("ustar  \0");

    private final byte[] bytes;

    Block(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isZero() {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** The sum over the header, its own field counted as blanks; old tools summed signed bytes. */
    void verifyChecksum() throws TarException {
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < SIZE; i++) {
            byte b = i >= CHECKSUM && i < CHECKSUM + SMALL ? (byte) ' ' : bytes[i];
            unsigned += b & 0xff;
            signed += b;
        }
        long written = number(CHECKSUM, SMALL);
        if (written != unsigned && written != signed) {
            throw new TarException("not a tar header: wrong checksum");
        }
    }

    byte type() {
        return bytes[TYPE];
    }

    boolean isGnu() {
        return ByteString.of(bytes, MAGIC, MAGIC + 8).equals(GNU);
    }

    /** The name with its prefix; only POSIX headers have one, GNU keeps other things in its place. */
    ByteString name() {
        ByteString name = text(NAME, NAME_LENGTH);
        boolean posix = ByteString.of(bytes, MAGIC, MAGIC + 6).equals(POSIX);
        ByteString prefix = posix ? text(PREFIX, PREFIX_LENGTH) : ByteString.EMPTY;
        return prefix.isEmpty() ? name : prefix.plus(ByteString.of("/")).plus(name);
    }

    ByteString link() {
        return text(LINK, NAME_LENGTH);
    }

    Device device() throws TarException {
        long major = number(MAJOR, SMALL);
        long minor = number(MINOR, SMALL);
        if (major != (int) major || minor != (int) minor) {
            throw new TarException("no device number: " + major + ":" + minor);
        }
        try {
            return new Device((int) major, (int) minor);
        } catch (IllegalArgumentException e) {
            throw new TarException("no device number: " + major + ":" + minor);
        }
    }

    /** The bytes up to the first zero. */
    ByteString text(int at, int length) {
        int end = at;
        while (end < at + length && bytes[end] != 0) {
            end++;
        }
        return ByteString.of(bytes, at, end);
    }

    /** An octal number, or GNU's two's complement in base 256, marked by the highest bit. An empty field is 0. */
    long number(int at, int length) throws TarException {
        return (bytes[at] & 0x80) != 0 ? binary(at, length) : octal(at, length);
    }

    private long binary(int at, int length) throws TarException {
        boolean negative = (bytes[at] & 0x40) != 0;
        long value = negative ? -1 : 0;
        for (int i = 0; i < length; i++) {
            int b = bytes[at + i] & 0xff;
            if (i == 0) {
                b = negative ? b : b & 0x7f;
            }
            if (value != value << 8 >> 8) {
                throw new TarException("a number beyond 64 bits");
            }
            value = value << 8 | b;
        }
        if (negative != value < 0) {
            throw new TarException("a number beyond 64 bits");
        }
        return value;
    }

    private long octal(int at, int length) throws TarException {
        int from = at;
        int end = at + length;
        while (from < end && (bytes[from] == ' ' || bytes[from] == 0)) {
            from++;
        }
        long value = 0;
        for (int i = from; i < end && bytes[i] != ' ' && bytes[i] != 0; i++) {
            if (bytes[i] < '0' || bytes[i] > '7') {
                throw new TarException("not an octal number: " + ByteString.of(bytes, at, end));
            }
            value = value << 3 | (bytes[i] - '0');
        }
        return value;
    }
}
