package dev.slipway.foundation.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * Bulk transfer between a descriptor and bytes of the heap, through one native buffer. Confined to the thread that made
 * it. Closing frees the buffer, not the descriptors.
 */
public final class FdStreams implements AutoCloseable {
    private static final int SIZE = 128 * 1024;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(SIZE);

    /** Reads at most {@code length} bytes; -1 at the end of the file. */
    public int read(Fd file, byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        long got = file.read(buffer.asSlice(0, Math.min(length, SIZE)));
        if (got == 0) {
            return length == 0 ? 0 : -1;
        }
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, offset, (int) got);
        return (int) got;
    }

    public void write(Fd file, byte[] from, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, from.length);
        int done = 0;
        while (done < length) {
            int part = Math.min(SIZE, length - done);
            MemorySegment.copy(from, offset + done, buffer, ValueLayout.JAVA_BYTE, 0, part);
            file.write(buffer.asSlice(0, part));
            done += part;
        }
    }

    /** The content from the current position on, as a stream that closes nothing. */
    public InputStream input(Fd file) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                return FdStreams.this.read(file, into, offset, length);
            }
        };
    }

    /** Writes at the current position; closes nothing and buffers nothing. */
    public OutputStream output(Fd file) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) {
                FdStreams.this.write(file, from, offset, length);
            }
        };
    }

    @Override
    public void close() {
        arena.close();
    }
}
