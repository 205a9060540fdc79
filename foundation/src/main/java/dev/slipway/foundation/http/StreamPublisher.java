package dev.slipway.foundation.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;

/**
 * Publishes a stream of known length, one small buffer for each that the client asks for, so that never more than a few
 * are in memory. The stream is read on a virtual thread of its own: a slow source holds up no thread of the client.
 */
final class StreamPublisher implements HttpRequest.BodyPublisher {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final HttpBody.Stream body;
    private final Activity activity;
    private final List<Pump> pumps = new CopyOnWriteArrayList<>();

    StreamPublisher(HttpBody.Stream body, Activity activity) {
        this.body = body;
        this.activity = activity;
    }

    @Override
    public long contentLength() {
        return body.length();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        Pump pump = new Pump(subscriber);
        pumps.add(pump);
        subscriber.onSubscribe(pump);
        pump.thread.start();
    }

    /** Ends what still reads; harmless after the end. */
    void stop() {
        pumps.forEach(Pump::cancel);
    }

    private final class Pump implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final Semaphore demand = new Semaphore(0);
        private final Thread thread = Thread.ofVirtual().name("http-body").unstarted(this::run);
        private volatile boolean cancelled;

        Pump(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            demand.release((int) Math.min(n, Short.MAX_VALUE));
        }

        @Override
        public void cancel() {
            cancelled = true;
            thread.interrupt();
        }

        private void run() {
            try {
                try (InputStream in = body.opener().open()) {
                    pump(in);
                }
                if (!cancelled) {
                    activity.bodySent();
                    subscriber.onComplete();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                if (!cancelled) {
                    subscriber.onError(new IOException("interrupted while sending", e));
                }
            } catch (IOException | RuntimeException | Error e) {
                if (!cancelled) {
                    subscriber.onError(e);
                }
            }
        }

        private void pump(InputStream in) throws IOException, InterruptedException {
            long left = body.length();
            while (left > 0 && !cancelled) {
                demand.acquire();
                ByteBuffer buffer = read(in, left);
                left -= buffer.remaining();
                if (!cancelled) {
                    subscriber.onNext(buffer);
                }
            }
        }

        private ByteBuffer read(InputStream in, long left) throws IOException {
            activity.sourceIsRead(true);
            try {
                byte[] bytes = in.readNBytes((int) Math.min(BUFFER_BYTES, left));
                if (bytes.length == 0) {
                    throw new IOException("the content ended " + left + " bytes before its length of " + body.length());
                }
                if (bytes.length == left && in.read() >= 0) {
                    throw new IOException("the content is longer than its length of " + body.length() + " bytes");
                }
                return ByteBuffer.wrap(bytes);
            } finally {
                activity.sourceIsRead(false);
            }
        }
    }
}
