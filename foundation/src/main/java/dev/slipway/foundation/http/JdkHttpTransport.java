package dev.slipway.foundation.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The transport over the JDK's own client. HTTP/1.1 only: one connection for each exchange, so that no upload waits for
 * the window of another. Bodies stream in both directions with one small buffer in flight. Thread-safe; calls block and
 * may come from any thread, virtual ones included.
 */
public final class JdkHttpTransport implements HttpTransport {
    private static final int MOST_REDIRECTS = 5;

    static {
        // the JDK withholds Basic credentials from a proxy that tunnels, unless told otherwise before its client is
        // loaded
        if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
    }

    private final HttpSettings settings;
    private final HttpClient client;

    public JdkHttpTransport(HttpSettings settings) {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .proxy(new EnvironmentProxies(settings.proxies()));
        settings.tls().ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    @Override
    public HttpAnswer send(HttpCall call) throws IOException {
        HttpCall current = call;
        for (int redirects = 0; ; redirects++) {
            HttpAnswer answer = exchange(current);
            if (!Redirects.applies(current, answer.status())) {
                return answer;
            }
            answer.close();
            if (redirects == MOST_REDIRECTS) {
                throw Redirects.tooMany(current);
            }
            current = Redirects.next(current, answer.header("Location"));
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    private HttpAnswer exchange(HttpCall call) throws IOException {
        boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
        Duration answerLimit = reads ? settings.stallTimeout() : settings.answerTimeout();
        Activity activity = new Activity(settings.stallTimeout(), answerLimit);
        HttpRequest.BodyPublisher publisher = publisher(call.body(), activity);
        CompletableFuture<HttpResponse<InputStream>> pending = client.sendAsync(
                request(call, publisher), head -> new AnswerStream(call.uri(), settings.stallTimeout()));
        try {
            return new JdkHttpAnswer(await(pending, activity, call.uri()));
        } finally {
            if (publisher instanceof StreamPublisher streaming) {
                streaming.stop();
            }
        }
    }

    private static HttpResponse<InputStream> await(
            CompletableFuture<HttpResponse<InputStream>> pending, Activity activity, URI address) throws IOException {
        try {
            while (!pending.isDone()) {
                long left = activity.nanosLeft();
                if (left <= 0) {
                    abandon(pending);
                    throw Diagnosis.stalled(address, activity.limit());
                }
                awaitFor(left, pending);
            }
            return pending.get();
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause(), address);
        } catch (InterruptedException e) {
            abandon(pending);
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("interrupted");
            stopped.initCause(e);
            throw stopped;
        }
    }

    private static void awaitFor(long nanos, CompletableFuture<?> pending)
            throws ExecutionException, InterruptedException {
        try {
            pending.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            // bytes may have moved meanwhile: the caller looks at the clock
        }
    }

    private static void abandon(CompletableFuture<HttpResponse<InputStream>> pending) {
        if (!pending.cancel(true) && !pending.isCompletedExceptionally()) {
            new JdkHttpAnswer(pending.join()).close();
        }
    }

    private static IOException failure(Throwable cause, URI address) {
        return switch (cause) {
            case IOException io -> Diagnosis.of(io, address);
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> new IOException(cause);
        };
    }

    private HttpRequest request(HttpCall call, HttpRequest.BodyPublisher publisher) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(call.uri())
                .method(call.method(), publisher)
                .setHeader("User-Agent", settings.userAgent());
        call.headers().forEach(builder::setHeader);
        proxyAuthorization(call.uri()).ifPresent(value -> builder.setHeader("Proxy-Authorization", value));
        return builder.build();
    }

    private static HttpRequest.BodyPublisher publisher(HttpBody body, Activity activity) {
        return switch (body) {
            case HttpBody.Bytes(byte[] bytes) when bytes.length == 0 -> sent(BodyPublishers.noBody(), activity);
            case HttpBody.Bytes(byte[] bytes) -> sent(BodyPublishers.ofByteArray(bytes), activity);
            case HttpBody.Stream(long length, var _) when length == 0 -> sent(BodyPublishers.noBody(), activity);
            case HttpBody.Stream stream -> new StreamPublisher(stream, activity);
        };
    }

    private static HttpRequest.BodyPublisher sent(HttpRequest.BodyPublisher small, Activity activity) {
        activity.bodySent();
        return small;
    }

    private Optional<String> proxyAuthorization(URI address) {
        return settings.proxies()
                .proxyFor(address)
                .flatMap(proxy -> Optional.ofNullable(proxy.getUserInfo()))
                .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }
}
