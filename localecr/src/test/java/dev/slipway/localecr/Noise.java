package dev.slipway.localecr;

import java.io.InputStream;
import java.util.Random;

/** The same bytes each time, of any length, from no memory. */
final class Noise extends InputStream {
    private final Random random = new Random(64);
    private long left;

    Noise(long length) {
        this.left = length;
    }

    @Override
    public int read() {
        if (left == 0) {
            return -1;
        }
        left--;
        return random.nextInt() & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (left == 0) {
            return -1;
        }
        int count = (int) Math.min(length, left);
        for (int i = 0; i < count; i++) {
            buffer[offset + i] = (byte) random.nextInt();
        }
        left -= count;
        return count;
    }
}
