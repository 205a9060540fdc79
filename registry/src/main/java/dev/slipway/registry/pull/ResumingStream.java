package dev.slipway.registry.pull;

import dev.slipway.foundation.http.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * A body that is asked for again from where it broke off, a few times. Not more often than that: if bytes keep failing,
 * the reader is told. Confined to one thread.
 */
final class ResumingStream extends InputStream {
    private static final int MOST_RESUMPTIONS = 5;

    private final Opener opener;
    private final long size;
    private HttpAnswer answer;
    private long position;
    private int resumptions;

    /** @param answer gives the bytes from the first on */
    ResumingStream(Opener opener, HttpAnswer answer, long size) {
        this.opener = opener;
        this.answer = answer;
        this.size = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (true) {
            try {
                int count = answer.body().read(target, offset, length);
                if (count >= 0) {
                    position += count;
                    return count;
                }
                if (position >= size) {
                    return -1;
                }
                throw new IOException("the blob ended after " + position + " of " + size + " bytes");
            } catch (IOException failure) {
                resume(failure);
            }
        }
    }

    @Override
    public void close() {
        answer.close();
    }

    private void resume(IOException failure) throws IOException {
        boolean interrupted = failure instanceof InterruptedIOException
                || Thread.currentThread().isInterrupted();
        if (interrupted || position == 0 || position >= size || resumptions >= MOST_RESUMPTIONS) {
            throw failure;
        }
        resumptions++;
        answer.close();
        try {
            answer = opener.openAt(position);
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** Asks for the bytes from an offset on. */
    @FunctionalInterface
    interface Opener {
        HttpAnswer openAt(long offset) throws IOException;
    }
}
