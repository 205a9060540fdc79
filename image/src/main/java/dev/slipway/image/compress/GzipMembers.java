package dev.slipway.image.compress;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Writes gzip as independent members of 1 MiB of input each, compressed in parallel and written in order. The same input
 * gives the same bytes at any parallelism and however it is cut into writes. Holds at most {@code parallelism + 1} lanes
 * of about 2 MiB, made as they are needed; input of up to 1 MiB is compressed without another thread. Confined to the
 * thread that writes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952#page-5">RFC 1952, members</a>
 */
final class GzipMembers extends OutputStream {
    /** Part of what makes a blob's digest: changing it changes every layer. */
    static final int MEMBER_BYTES = 1 << 20;

    private final OutputStream out;
    private final int level;
    private final int parallelism;
    private final Deque<GzipLane> free = new ArrayDeque<>();
    private final Deque<Future<GzipLane>> busy = new ArrayDeque<>();
    private GzipLane current;
    private boolean wroteMember;
    private boolean closed;

    /** @param parallelism members that are compressed while the next one is filled */
    GzipMembers(OutputStream out, int level, int parallelism) {
        this.out = out;
        this.level = level;
        this.parallelism = parallelism;
        this.current = lane();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int at = offset;
        int left = length;
        while (left > 0) {
            int taken = current.take(bytes, at, left);
            at += taken;
            left -= taken;
            if (current.isFull()) {
                submit();
            }
        }
    }

    private void submit() throws IOException {
        GzipLane full = current;
        busy.add(CompressionThreads.pool().submit(full::compress));
        wroteMember = true;
        if (busy.size() > parallelism) {
            drainOne();
        }
        current = free.isEmpty() ? lane() : free.remove();
    }

    private GzipLane lane() {
        return new GzipLane(new LibDeflate(level));
    }

    private void drainOne() throws IOException {
        try {
            GzipLane lane = busy.remove().get();
            lane.writeTo(out);
            free.add(lane);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while compressing").initCause(e);
        } catch (ExecutionException e) {
            throw new IOException("cannot compress", e.getCause());
        }
    }

    /** Writes what is left, for empty input an empty member; does not close the stream below. */
    void finish() throws IOException {
        while (!busy.isEmpty()) {
            drainOne();
        }
        if (!current.isEmpty() || !wroteMember) {
            current.compress().writeTo(out);
            wroteMember = true;
        }
        out.flush();
    }

    /** Forgets what was not finished and closes the stream below. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            busy.forEach(member -> member.cancel(false));
            busy.clear();
            out.close();
        }
    }
}
