package dev.slipway.foundation.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body as a stream that asks the client for one piece at a time, and that ends with an exception when none
 * comes in time. One thread reads; any may close.
 */
final class AnswerStream extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
    private final URI address;
    private final Duration stall;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
    private final CompletableFuture<InputStream> self = CompletableFuture.completedFuture(this);
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;
    private @Nullable Signal end;

    AnswerStream(URI address, Duration stall) {
        this.address = address;
        this.stall = stall;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return self;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (closed) {
            newSubscription.cancel();
        } else {
            newSubscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        signals.add(new Pieces(item));
    }

    @Override
    public void onError(Throwable failure) {
        signals.add(new Failed(failure));
    }

    @Override
    public void onComplete() {
        signals.add(new Complete());
    }

    @Override
    public int read() throws IOException {
        return fill() ? requireNonNull(pieces.peek()).get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        ByteBuffer piece = requireNonNull(pieces.peek());
        int count = Math.min(length, piece.remaining());
        piece.get(target, offset, count);
        return count;
    }

    @Override
    public void close() {
        closed = true;
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
        signals.add(new Failed(new IOException("the stream is closed")));
    }

    /** Makes the first piece one with a byte in it; false at the end. */
    private boolean fill() throws IOException {
        while (pieces.isEmpty() || !requireNonNull(pieces.peek()).hasRemaining()) {
            if (!pieces.isEmpty()) {
                pieces.remove();
                continue;
            }
            if (closed) {
                throw new IOException("the stream is closed");
            }
            Signal signal = end != null ? end : next();
            switch (signal) {
                case Pieces(List<ByteBuffer> buffers) -> {
                    pieces.addAll(buffers);
                    requireNonNull(subscription).request(1);
                }
                case Complete complete -> {
                    end = complete;
                    return false;
                }
                case Failed failed -> {
                    end = failed;
                    throw new IOException(
                            "the answer of " + Origin.of(address) + " broke off ("
                                    + failed.cause().getMessage() + ")",
                            failed.cause());
                }
            }
        }
        return true;
    }

    private Signal next() throws IOException {
        try {
            Signal signal = signals.poll(stall.toNanos(), TimeUnit.NANOSECONDS);
            if (signal == null) {
                close();
                throw Diagnosis.stalled(address, stall);
            }
            return signal;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("interrupted while reading");
            stopped.initCause(e);
            throw stopped;
        }
    }

    private sealed interface Signal {}

    private record Pieces(List<ByteBuffer> buffers) implements Signal {}

    private record Failed(Throwable cause) implements Signal {}

    private record Complete() implements Signal {}
}
