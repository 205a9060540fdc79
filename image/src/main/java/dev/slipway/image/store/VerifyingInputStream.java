package dev.slipway.image.store;

import dev.slipway.image.model.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Passes a stream on and checks at its end that it is what it should be. */
public final class VerifyingInputStream extends FilterInputStream {
    private final Digest expected;
    private final MessageDigest hash;
    private long bytes;

    public VerifyingInputStream(InputStream in, Digest expected) {
        super(in);
        this.expected = expected;
        this.hash = expected.newHash();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int got = super.read(into, offset, length);
        if (got > 0) {
            hash.update(into, offset, got);
            bytes += got;
        }
        return got;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 64 * 1024)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Bytes read so far. */
    public long bytes() {
        return bytes;
    }

    /**
     * Reads to the end and compares.
     *
     * @throws IOException if the content is not what its digest says
     */
    public void verify() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        String hex = HexFormat.of().formatHex(hash.digest());
        if (!hex.equals(expected.hex())) {
            throw new IOException("the content should be " + expected + " but its " + bytes + " bytes are "
                    + expected.algorithm() + ":" + hex);
        }
    }
}
