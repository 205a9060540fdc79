package dev.slipway.image.store;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * Passes a stream on and fails at its end if it is not what it should be; with a size, as soon as it is longer. Who reads
 * only part of it calls {@link #verify()}, which reads the rest. Confined to one thread.
 */
public final class VerifyingInputStream extends FilterInputStream {
    private static final int SKIP_BUFFER = 8 * 1024;

    private final Digest expected;
    private final OptionalLong expectedBytes;
    private final MessageDigest hash;
    private long bytes;
    private boolean verified;

    /** Checks the digest alone, as for a DiffID, whose size nobody tells. */
    public VerifyingInputStream(InputStream in, Digest expected) {
        this(in, expected, OptionalLong.empty());
    }

    /** Checks digest and size. */
    public VerifyingInputStream(InputStream in, Descriptor expected) {
        this(in, expected.digest(), OptionalLong.of(expected.size()));
    }

    private VerifyingInputStream(InputStream in, Digest expected, OptionalLong expectedBytes) {
        super(in);
        this.expected = expected;
        this.expectedBytes = expectedBytes;
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
            if (expectedBytes.isPresent() && bytes > expectedBytes.getAsLong()) {
                throw new IOException("the content should be " + wanted() + " but is longer");
            }
        } else if (got < 0) {
            compare();
        }
        return got;
    }

    @Override
    public long skip(long count) throws IOException {
        long wanted = Math.clamp(count, 0, SKIP_BUFFER);
        return readNBytes((int) wanted).length;
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
        if (!verified) {
            transferTo(OutputStream.nullOutputStream());
        }
    }

    private void compare() throws IOException {
        if (verified) {
            return;
        }
        String hex = HexFormat.of().formatHex(hash.digest());
        if (!hex.equals(expected.hex()) || bytes != expectedBytes.orElse(bytes)) {
            throw new IOException("the content should be " + wanted() + " but is " + expected.algorithm() + ":" + hex
                    + " of " + bytes + " bytes");
        }
        verified = true;
    }

    private String wanted() {
        return expectedBytes.isPresent()
                ? expected + " of " + expectedBytes.getAsLong() + " bytes"
                : expected.toString();
    }
}
