package dev.slipway.image.compress;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/** Buffers for one gzip member, about 2 MiB, and the compressor that fills them. Used by one thread at a time. */
final class GzipLane {
    /** Magic, deflate, no flags, no time, no hints, unknown system: nothing of the machine gets into the bytes. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int TRAILER = 8;
    /** Deflate stores what it cannot shrink: 5 bytes a block of at most 64 KiB, here with room to spare. */
    private static final int SLACK = 64 * 1024;

    private final byte[] input = new byte[GzipMembers.MEMBER_BYTES];
    private final byte[] output = new byte[GzipMembers.MEMBER_BYTES + SLACK];
    private final byte[] trailer = new byte[TRAILER];
    private final LibDeflate deflate;
    private int inputLength;
    private int outputLength;

    GzipLane(LibDeflate deflate) {
        this.deflate = deflate;
    }

    /** Takes as much as there is room for. */
    int take(byte[] bytes, int offset, int length) {
        int taken = Math.min(length, input.length - inputLength);
        System.arraycopy(bytes, offset, input, inputLength, taken);
        inputLength += taken;
        return taken;
    }

    boolean isFull() {
        return inputLength == input.length;
    }

    boolean isEmpty() {
        return inputLength == 0;
    }

    GzipLane compress() {
        outputLength = deflate.compress(input, inputLength, output);
        CRC32 crc = new CRC32();
        crc.update(input, 0, inputLength);
        littleEndian((int) crc.getValue(), 0);
        littleEndian(inputLength, Integer.BYTES);
        return this;
    }

    private void littleEndian(int value, int at) {
        for (int i = 0; i < Integer.BYTES; i++) {
            trailer[at + i] = (byte) (value >>> (Byte.SIZE * i));
        }
    }

    /** Writes the member and makes room for the next. */
    void writeTo(OutputStream out) throws IOException {
        out.write(HEADER);
        out.write(output, 0, outputLength);
        out.write(trailer);
        inputLength = 0;
        outputLength = 0;
    }
}
