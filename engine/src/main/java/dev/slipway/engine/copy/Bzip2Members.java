package dev.slipway.engine.copy;

import io.airlift.compress.v3.bzip2.BZip2HadoopStreams;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a bzip2 file holds. Such a file may be many streams one after the other, as parallel compressors write it; the
 * decoder knows but one. A stream begins at a byte, with ten bytes that do not come up inside one by chance.
 *
 * @see <a href="https://gitlab.com/bzip2/bzip2/-/blob/master/docs/manual.xml">bzip2 manual, concatenated files</a>
 */
final class Bzip2Members extends InputStream {
    private static final int SIGNATURE = 10;
    private static final int LEVEL_AT = 3;
    private static final int BUFFER = 64 * 1024;
    private static final byte[] FIRST_BLOCK = {'B', 'Z', 'h', 0, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
    private static final byte[] NO_BLOCK = {'B', 'Z', 'h', 0, 0x17, 0x72, 0x45, 0x38, 0x50, (byte) 0x90};

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private boolean ended;
    private Optional<InputStream> decoder = Optional.empty();

    Bzip2Members(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (true) {
                if (decoder.isEmpty()) {
                    fill();
                    if (from == to) {
                        return -1;
                    }
                    decoder = Optional.of(new BZip2HadoopStreams().createInputStream(new Member()));
                }
                int got = decoder.get().read(into, offset, length);
                if (got > 0) {
                    return got;
                }
                passRest();
            }
        } catch (RuntimeException e) {
            // A decoder may stumble over malformed input by no more than an index out of bounds.
            throw new IOException("malformed bzip2 data", e);
        }
    }

    private void passRest() throws IOException {
        Member rest = new Member(false);
        byte[] passed = new byte[BUFFER];
        while (rest.read(passed, 0, passed.length) >= 0) {
            // nothing of it matters
        }
        decoder = Optional.empty();
    }

    /** Reads until a whole signature is there, or the end. */
    private void fill() throws IOException {
        if (to - from >= SIGNATURE || ended) {
            return;
        }
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        while (to < SIGNATURE && !ended) {
            int got = in.read(buffer, to, BUFFER - to);
            ended = got < 0;
            to += Math.max(got, 0);
        }
    }

    private boolean beginsAt(int at) {
        if (buffer[at] != 'B' || to - at < SIGNATURE) {
            return false;
        }
        byte[] found = Arrays.copyOfRange(buffer, at, at + SIGNATURE);
        byte level = found[LEVEL_AT];
        found[LEVEL_AT] = 0;
        return level >= '1' && level <= '9' && (Arrays.equals(found, FIRST_BLOCK) || Arrays.equals(found, NO_BLOCK));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The compressed bytes up to the next signature. */
    private final class Member extends InputStream {
        private boolean atSignature;

        Member() {
            this(true);
        }

        Member(boolean atSignature) {
            this.atSignature = atSignature;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            fill();
            if (from == to || (!atSignature && beginsAt(from))) {
                return -1;
            }
            // What is behind could be the beginning of a signature that is not yet there as a whole.
            int sure = ended ? to : to - SIGNATURE + 1;
            int end = from + 1;
            while (end < Math.min(sure, from + length) && !beginsAt(end)) {
                end++;
            }
            System.arraycopy(buffer, from, into, offset, end - from);
            int given = end - from;
            from = end;
            atSignature = false;
            return given;
        }
    }
}
