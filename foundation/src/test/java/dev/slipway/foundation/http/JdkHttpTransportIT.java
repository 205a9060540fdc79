package dev.slipway.foundation.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The transport against servers on loopback. */
@Timeout(60)
class JdkHttpTransportIT {
    private static final Duration SHORT = Duration.ofMillis(400);

    private final JdkHttpTransport transport = new JdkHttpTransport(HttpSettings.forVersion("test"));
    private HttpServer server = createServer();
    private HttpServer other = createServer();

    @BeforeEach
    void start() {
        server.start();
        other.start();
    }

    @AfterEach
    void stop() {
        transport.close();
        server.stop(0);
        other.stop(0);
    }

    @Test
    void givesStatusHeadersAndBodyWhateverTheStatus() throws IOException {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"a\"");
            exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"b\"");
            reply(exchange, 401, "no " + exchange.getRequestHeaders().getFirst("User-Agent"));
        });

        try (HttpAnswer answer = transport.send(HttpCall.of("GET", uri(server, "/x")))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headerValues("www-authenticate")).hasSize(2);
            assertThat(text(answer)).isEqualTo("no slipway/test");
        }
    }

    @Test
    void aRedirectToAnotherOriginTravelsWithoutCredentials() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        server.createContext(
                "/",
                exchange ->
                        redirect(exchange, 307, uri(other, "/blob?sig=a%2Fb").toString()));
        other.createContext("/", exchange -> {
            seen.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().containsKey("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("Range"));
            reply(exchange, 200, "content");
        });

        HttpCall call = HttpCall.of("GET", uri(server, "/"))
                .header("authorization", "Basic x")
                .header("Range", "bytes=3-");
        try (HttpAnswer answer = transport.send(call)) {
            assertThat(text(answer)).isEqualTo("content");
            assertThat(answer.uri()).isEqualTo(uri(other, "/blob?sig=a%2Fb"));
        }
        assertThat(seen).containsExactly("/blob?sig=a%2Fb false bytes=3-");
    }

    @Test
    void aRedirectWithinTheOriginKeepsCredentials() throws IOException {
        server.createContext("/a", exchange -> redirect(exchange, 302, "b"));
        server.createContext(
                "/b",
                exchange -> reply(exchange, 200, exchange.getRequestHeaders().getFirst("Authorization")));

        try (HttpAnswer answer =
                transport.send(HttpCall.of("GET", uri(server, "/a")).header("Authorization", "Basic x"))) {
            assertThat(text(answer)).isEqualTo("Basic x");
        }
    }

    @Test
    void endsARedirectLoopAfterFive() {
        AtomicLong calls = new AtomicLong();
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            redirect(exchange, 307, "/again");
        });

        assertThatThrownBy(() -> transport.send(HttpCall.of("GET", uri(server, "/"))))
                .isInstanceOf(ExchangeException.class)
                .hasMessageContaining("one too many");
        assertThat(calls).hasValue(6);
    }

    @Test
    void doesNotFollowTheRedirectOfAnUpload() throws IOException {
        server.createContext("/", exchange -> redirect(exchange, 307, "/elsewhere"));

        try (HttpAnswer answer = transport.send(HttpCall.of("POST", uri(server, "/")))) {
            assertThat(answer.status()).isEqualTo(307);
        }
    }

    @Test
    void sendsAStreamWithItsLengthAndClosesIt() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            reply(
                    exchange,
                    201,
                    exchange.getRequestMethod() + " "
                            + exchange.getRequestHeaders().getFirst("Content-Length") + " " + body.length);
        });
        HttpBody body = new HttpBody.Stream(200_000, () -> new ByteArrayInputStream(new byte[200_000]) {
            @Override
            public void close() {
                closed.set(true);
            }
        });

        try (HttpAnswer answer =
                transport.send(HttpCall.of("PATCH", uri(server, "/")).body(body))) {
            assertThat(text(answer)).isEqualTo("PATCH 200000 200000");
        }
        assertThat(closed).isTrue();
    }

    @Test
    void refusesAStreamThatIsShorterOrLongerThanItSays() {
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            reply(exchange, 201, "");
        });

        assertThatThrownBy(() -> transport.send(upload(10, () -> new ByteArrayInputStream(new byte[7]))))
                .hasMessageContaining("the content ended 3 bytes before its length of 10");
        assertThatThrownBy(() -> transport.send(upload(10, () -> new ByteArrayInputStream(new byte[11]))))
                .hasMessageContaining("longer than its length of 10 bytes");
    }

    @Test
    void aStreamThatCannotBeReadFailsTheCallWithItsOwnReason() {
        assertThatThrownBy(() -> transport.send(upload(10, () -> {
                    throw new IOException("the disk is gone");
                })))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the disk is gone");
    }

    @Test
    void readsNoFurtherAheadThanTheNetworkTakes() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                JdkHttpTransport impatient = impatient()) {
            AtomicLong produced = new AtomicLong();
            long length = 1L << 30;
            assertThatThrownBy(() -> impatient.send(new HttpCall(
                            "PATCH",
                            URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"),
                            Map.of(),
                            new HttpBody.Stream(length, () -> zeros(length, produced)))))
                    .isInstanceOf(ExchangeException.class)
                    .hasMessageContaining("no byte to or from");
            assertThat(produced.get()).isLessThan(16L << 20); // the kernel's own buffers take a few MiB
        }
    }

    @Test
    void aServerThatNeverAnswersEndsTheCall() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                JdkHttpTransport impatient = impatient()) {
            URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            assertThatThrownBy(() -> impatient.send(HttpCall.of("GET", address)))
                    .isInstanceOfSatisfying(
                            ExchangeException.class,
                            e -> assertThat(e.kind()).isEqualTo(ExchangeException.Kind.STALLED));
        }
    }

    @Test
    void anAnswerThatStallsEndsTheRead() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            await(done);
            exchange.close();
        });
        try (JdkHttpTransport impatient = impatient();
                HttpAnswer answer = impatient.send(HttpCall.of("GET", uri(server, "/")))) {
            assertThatThrownBy(() -> answer.body().readAllBytes())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no byte to or from");
        } finally {
            done.countDown();
        }
    }

    @Test
    void anAnswerThatEndsEarlyIsAnError() throws Exception {
        try (ServerSocket rude = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                try (Socket socket = rude.accept()) {
                    socket.getInputStream().readNBytes(20);
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".getBytes(UTF_8));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            URI address = URI.create("http://127.0.0.1:" + rude.getLocalPort() + "/");
            try (HttpAnswer answer = transport.send(HttpCall.of("GET", address))) {
                assertThatThrownBy(() -> answer.body().readAllBytes())
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("broke off");
            }
        }
    }

    @Test
    void aClosedConnectionAndAClosedPortAreToldApart() throws Exception {
        int port;
        try (ServerSocket rude = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = rude.getLocalPort();
            Thread.startVirtualThread(() -> {
                try (Socket socket = rude.accept()) {
                    socket.getInputStream().readNBytes(20);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThatThrownBy(() -> transport.send(HttpCall.of("POST", URI.create("http://127.0.0.1:" + port + "/"))))
                    .isInstanceOfSatisfying(
                            ExchangeException.class,
                            e -> assertThat(e.kind()).isEqualTo(ExchangeException.Kind.CLOSED));
        }
        assertThatThrownBy(() -> transport.send(HttpCall.of("GET", URI.create("http://127.0.0.1:" + port + "/"))))
                .isInstanceOfSatisfying(
                        ExchangeException.class,
                        e -> assertThat(e.kind()).isEqualTo(ExchangeException.Kind.NOT_CONNECTED))
                .hasMessage("cannot connect to http://127.0.0.1:" + port);
    }

    @Test
    void anInterruptEndsTheCallAndIsKept() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            FutureTask<Boolean> task = new FutureTask<>(() -> {
                assertThatThrownBy(() -> transport.send(HttpCall.of("GET", address)))
                        .isInstanceOf(InterruptedIOException.class);
                return Thread.currentThread().isInterrupted();
            });
            Thread thread = Thread.startVirtualThread(task);
            silent.accept().close();
            Thread.sleep(50);
            thread.interrupt();
            assertThat(task.get(10, TimeUnit.SECONDS)).isTrue();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closingAnAnswerEarlyReleasesIt() throws IOException {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 64 << 20);
            try (var out = exchange.getResponseBody()) {
                out.write(new byte[64 << 20]);
            }
        });
        try (HttpAnswer answer = transport.send(HttpCall.of("GET", uri(server, "/")))) {
            assertThat(answer.body().read()).isZero();
        }
    }

    @Test
    void plainRequestsGoThroughTheProxyWithItsCredentials() throws IOException {
        server.createContext(
                "/",
                exchange -> reply(
                        exchange,
                        200,
                        exchange.getRequestURI() + " "
                                + exchange.getRequestHeaders().getFirst("Proxy-Authorization")));
        ProxySettings proxies = ProxySettings.from(Map.of(
                "HTTP_PROXY", "http://u:p@127.0.0.1:" + server.getAddress().getPort()));
        try (JdkHttpTransport proxied =
                        new JdkHttpTransport(HttpSettings.forVersion("test").proxies(proxies));
                HttpAnswer answer = proxied.send(HttpCall.of("GET", URI.create("http://registry.example/v2/")))) {
            assertThat(text(answer)).isEqualTo("http://registry.example/v2/ Basic dTpw");
        }
    }

    private static HttpCall upload(HttpServer to, long length, HttpBody.Opener opener) {
        return HttpCall.of("PATCH", uri(to, "/")).body(new HttpBody.Stream(length, opener));
    }

    private HttpCall upload(long length, HttpBody.Opener opener) {
        return upload(server, length, opener);
    }

    private static JdkHttpTransport impatient() {
        return new JdkHttpTransport(HttpSettings.forVersion("test").timeouts(SHORT, SHORT, SHORT));
    }

    private static InputStream zeros(long length, AtomicLong produced) {
        return new InputStream() {
            @Override
            public int read() {
                return produced.getAndIncrement() < length ? 0 : -1;
            }

            @Override
            public int read(byte[] target, int offset, int count) {
                int given = (int) Math.min(count, length - produced.get());
                produced.addAndGet(given);
                return given == 0 ? -1 : given;
            }
        };
    }

    private static HttpServer createServer() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI uri(HttpServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void redirect(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        reply(exchange, status, "moved");
    }

    private static String text(HttpAnswer answer) throws IOException {
        return new String(answer.body().readAllBytes(), UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
