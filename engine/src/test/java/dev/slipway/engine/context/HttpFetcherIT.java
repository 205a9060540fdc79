package dev.slipway.engine.context;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.dockerfile.source.HttpSource;
import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.http.HttpSettings;
import dev.slipway.foundation.http.JdkHttpTransport;
import dev.slipway.foundation.http.ProxySettings;
import dev.slipway.foundation.retry.Retry;
import dev.slipway.foundation.retry.RetryPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from a real server on loopback. Modes, times and names are those of BuildKit, source/http. */
@Timeout(60)
class HttpFetcherIT {
    /** {@code printf hello | sha256sum} */
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private static final Duration SHORT = Duration.ofMillis(400);

    @TempDir
    Path directory;

    private final JdkHttpTransport transport =
            new JdkHttpTransport(HttpSettings.forVersion("test").timeouts(SHORT, SHORT, SHORT));
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server = createServer();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        transport.close();
        server.stop(0);
    }

    private static HttpServer createServer() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private FileDigest fetch(String url) {
        RetryPolicy quick = new RetryPolicy(3, Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMinutes(1));
        RemoteAccess access = RemoteAccess.of(transport, ProxySettings.none(), Retry.of(quick));
        return new HttpFetcher(access, events::add).fetch((HttpSource) SourceReference.parse(url), directory, "task");
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void serve(String path, String body) {
        server.createContext(path, exchange -> {
            asked.incrementAndGet();
            reply(exchange, 200, body.getBytes(UTF_8));
        });
    }

    @Test
    void aFileHasItsNameItsDigestAndTheModeOfBuildKit() throws IOException {
        serve("/a/b.txt", "hello");

        FileDigest digest = fetch(url("/a/b.txt?query=1"));

        assertThat(digest).isEqualTo(new FileDigest(HELLO, 5));
        assertThat(directory.resolve("b.txt")).hasContent("hello");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("b.txt"))))
                .isEqualTo("rw-------");
        assertThat(Files.getLastModifiedTime(directory.resolve("b.txt")).toInstant())
                .isEqualTo(Instant.EPOCH);
    }

    @Test
    void theTimeIsTheServers() throws IOException {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT");
            reply(exchange, 200, new byte[] {1});
        });

        fetch(url("/x"));

        assertThat(Files.getLastModifiedTime(directory.resolve("x")).toInstant())
                .isEqualTo(Instant.parse("2015-10-21T07:28:00Z"));
    }

    @Test
    void emptyAndUnnamedFiles() {
        serve("/", "");

        assertThat(fetch(url("")).bytes()).isZero();
        assertThat(directory.resolve("__unnamed__")).isEmptyFile();
    }

    @Test
    void redirectsAreFollowedAndTheNameStays() {
        serve("/target/other", "hello");
        server.createContext("/from", exchange -> {
            exchange.getResponseHeaders().add("Location", "/target/other");
            reply(exchange, 302, new byte[0]);
        });

        fetch(url("/from/name"));

        assertThat(directory.resolve("name")).hasContent("hello");
    }

    @Test
    void credentialsOfTheUrlAreSentAndNotShown() {
        List<String> seen = new CopyOnWriteArrayList<>();
        server.createContext("/", exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            reply(exchange, 403, new byte[0]);
        });
        String address = url("/x").replace("http://", "http://me:s%40cret@");

        assertThatThrownBy(() -> fetch(address))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("cannot fetch " + url("/x"))
                .hasMessageContaining("403")
                .message()
                .doesNotContain("cret");
        // base64 of me:s@cret
        assertThat(seen).containsExactly("Basic bWU6c0BjcmV0");
    }

    @Test
    void whatIsCompressedForTheTransferOnlyIsUncompressed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("hello".getBytes(UTF_8));
        }
        server.createContext("/encoded", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            reply(exchange, 200, packed.toByteArray());
        });
        server.createContext("/file.gz", exchange -> reply(exchange, 200, packed.toByteArray()));

        assertThat(fetch(url("/encoded")).sha256()).isEqualTo(HELLO);
        fetch(url("/file.gz"));
        assertThat(directory.resolve("file.gz")).hasBinaryContent(packed.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 410, 418})
    void aRefusalFailsTheBuildAtOnce(int status) {
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            reply(exchange, status, "gone".getBytes(UTF_8));
        });

        assertThatThrownBy(() -> fetch(url("/x?token=abc")))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("status " + status);
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aPassingFailureIsTriedAgain(int status) {
        server.createContext("/", exchange -> {
            if (asked.incrementAndGet() < 3) {
                reply(exchange, status, new byte[0]);
            } else {
                reply(exchange, 200, "hello".getBytes(UTF_8));
            }
        });

        assertThat(fetch(url("/x")).sha256()).isEqualTo(HELLO);
    }

    @Test
    void aFailureThatStaysIsTheServers() {
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            reply(exchange, 502, new byte[0]);
        });

        assertThatThrownBy(() -> fetch(url("/x")))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("502");
        assertThat(asked).hasValue(3);
    }

    @Test
    void aBodyThatBreaksOffIsNeverTakenForTheFile() {
        server.createContext("/", exchange -> {
            int attempt = asked.incrementAndGet();
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write((attempt < 3 ? "he" : "hello").getBytes(UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        });

        assertThat(fetch(url("/x"))).isEqualTo(new FileDigest(HELLO, 5));
        assertThat(directory.resolve("x")).hasContent("hello");
    }

    @Test
    void aSilentServerIsGivenUp() {
        CountDownLatch done = new CountDownLatch(1);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            await(done);
        });

        assertThatThrownBy(() -> fetch(url("/x"))).isInstanceOf(ServiceException.class);
        done.countDown();
    }

    @Test
    void anInterruptEndsADownload() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        server.createContext("/", exchange -> {
            begun.countDown();
            await(done);
        });
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread fetching = Thread.ofVirtual().start(() -> {
            try {
                fetch(url("/x"));
            } catch (RuntimeException e) {
                thrown.add(e);
            }
        });
        begun.await();
        fetching.interrupt();
        fetching.join();

        assertThat(thrown).singleElement().isInstanceOf(CancelledException.class);
        done.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void progressIsTold() {
        byte[] large = new byte[3 * 1024 * 1024];
        server.createContext("/", exchange -> reply(exchange, 200, large));

        assertThat(fetch(url("/x")).bytes()).isEqualTo(large.length);
        assertThat(events)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(event -> assertThat(event).isInstanceOfSatisfying(Event.TaskProgress.class, progress -> {
                    assertThat(progress.totalBytes()).isEqualTo(large.length);
                    assertThat(progress.doneBytes()).isBetween(1L, (long) large.length);
                }));
    }
}
