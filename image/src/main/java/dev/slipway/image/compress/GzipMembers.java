package dev.slipway.image.compress;

import io.airlift.compress.v3.deflate.DeflateNativeCompressor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes gzip as independent members of 1 MiB of input each, compressed in parallel and written in order. The same input
 * gives the same bytes at any parallelism. Holds {@code parallelism + 1} lanes of about 2 MiB. Confined to the thread
 * that writes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952#page-5">RFC 1952, members</a>
 */
final class GzipMembers extends OutputStream {
    /** Part of what makes a blob's digest: changing it changes every layer. */
    static final int MEMBER_BYTES = 1 << 20;

    static final int LEVEL = 6;

    private final OutputStream out;
    private final ExecutorService workers;
    private final Deque<GzipLane> free = new ArrayDeque<>();
    private final Deque<Future<GzipLane>> busy = new ArrayDeque<>();
    private GzipLane current;
    private boolean wroteMember;
    private boolean closed;

    GzipMembers(OutputStream out, int parallelism) {
        this.out = out;
        this.workers = Executors.newFixedThreadPool(
                parallelism, Thread.ofPlatform().daemon().name("gzip-", 0).factory());
        for (int i = 0; i < parallelism; i++) {
            free.add(new GzipLane());
        }
        this.current = new GzipLane();
    }

    /** Whether libdeflate does the work; without it the JDK does, with other bytes. */
    static boolean isNative() {
        return DeflateNativeCompressor.isEnabled();
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
        busy.add(workers.submit(full::compress));
        wroteMember = true;
        if (free.isEmpty()) {
            drainOne();
        }
        current = free.remove();
    }

    private void drainOne() throws IOException {
        try {
            GzipLane lane = busy.remove().get();
            lane.writeTo(out);
            free.add(lane);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while compressing", e);
        } catch (ExecutionException e) {
            throw new IOException("cannot compress", e.getCause());
        }
    }

    /** Writes what is left; does not close the stream below. */
    void finish() throws IOException {
        if (!current.isEmpty() || !wroteMember) {
            submit();
        }
        while (!busy.isEmpty()) {
            drainOne();
        }
        out.flush();
    }

    /** Ends the workers and closes the stream below; whatever was not finished is lost. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            workers.shutdownNow();
            out.close();
        }
    }
}
