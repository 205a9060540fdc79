package dev.slipway.engine.copy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Makes one kind of what a decoder throws at malformed input, which may be no more than an index out of bounds. */
final class CheckedInputStream extends FilterInputStream {
    CheckedInputStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (RuntimeException e) {
            throw malformed(e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return super.read(into, offset, length);
        } catch (RuntimeException e) {
            throw malformed(e);
        }
    }

    /** By reading: decoders cannot be trusted to do it otherwise. */
    @Override
    public long skip(long bytes) throws IOException {
        long left = bytes;
        byte[] buffer = new byte[8192];
        while (left > 0) {
            int got = read(buffer, 0, (int) Math.min(left, buffer.length));
            if (got < 0) {
                break;
            }
            left -= got;
        }
        return bytes - left;
    }

    private static IOException malformed(RuntimeException e) {
        return new IOException("malformed compressed data", e);
    }
}
