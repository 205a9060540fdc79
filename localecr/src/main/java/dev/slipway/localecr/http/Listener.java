package dev.slipway.localecr.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Listens on one address and hands every request to one endpoint, each on a virtual thread of its own. */
public final class Listener implements AutoCloseable {
    /** An answer that comes before the end of the request's body is lost unless the body is read: up to this many bytes. */
    private static final long MAX_DRAIN = 256L << 20;

    private static final int BUFFER = 64 << 10;
    private static final int GRACE_SECONDS = 2;

    private final HttpServer server;
    private final PlainTextGate gate;
    private final ExecutorService executor;
    private final Endpoint endpoint;
    private final Consumer<Access> log;
    private final InstantSource clock;

    private Listener(
            HttpServer server, PlainTextGate gate, Endpoint endpoint, Consumer<Access> log, InstantSource clock) {
        this.server = server;
        this.gate = gate;
        this.executor = Executors.newVirtualThreadPerTaskExecutor();
        this.endpoint = endpoint;
        this.log = log;
        this.clock = clock;
    }

    /** @throws IOException if the address cannot be had */
    public static Listener open(InetSocketAddress address, Endpoint endpoint, Consumer<Access> log, InstantSource clock)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        PlainTextGate gate;
        try {
            gate = PlainTextGate.open(address, server.getAddress());
        } catch (IOException | RuntimeException e) {
            server.stop(0);
            throw e;
        }
        Listener listener = new Listener(server, gate, endpoint, log, clock);
        server.setExecutor(listener.executor);
        server.createContext("/", listener::serve);
        server.start();
        return listener;
    }

    public int port() {
        return gate.port();
    }

    /** Ends after the running requests, or after two seconds. Idempotent. */
    @Override
    public void close() {
        server.stop(GRACE_SECONDS);
        executor.shutdownNow();
        try {
            gate.close();
        } catch (IOException e) {
            System.getLogger(Listener.class.getName()).log(System.Logger.Level.WARNING, "close", e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        Instant begin = clock.instant();
        long nanos = System.nanoTime();
        CountedStream received = new CountedStream(exchange.getRequestBody());
        Call call =
                new Call(exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), received);
        try {
            Answer answer = answer(call);
            if (!answer.isDropped()) {
                drain(received);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - nanos);
            // before the client can know the answer, so that nobody who has it misses its line
            log.accept(Access.of(begin, call, answer.status(), received.count(), took));
            if (!answer.isDropped()) {
                send(exchange, answer);
            }
        } finally {
            exchange.close();
        }
    }

    private Answer answer(Call call) {
        try {
            return endpoint.handle(call);
        } catch (IOException e) {
            // either the client went away, which is its own affair, or the storage failed
            System.getLogger(Listener.class.getName()).log(System.Logger.Level.DEBUG, () -> "failed: " + call, e);
        } catch (RuntimeException e) {
            System.getLogger(Listener.class.getName()).log(System.Logger.Level.ERROR, "defect in " + call, e);
        }
        return Answer.of(500).body("text/plain", "Internal Server Error");
    }

    private static void drain(InputStream body) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = MAX_DRAIN;
        while (left > 0) {
            int count = body.read(buffer);
            if (count < 0) {
                return;
            }
            left -= count;
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        long length = answer.body().length();
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        try (OutputStream out = exchange.getResponseBody()) {
            switch (answer.body()) {
                case Answer.Bytes body -> out.write(body.bytes());
                case Answer.FilePart part -> copy(part, out);
            }
        }
    }

    private static void copy(Answer.FilePart part, OutputStream out) throws IOException {
        try (FileChannel file = FileChannel.open(part.file(), StandardOpenOption.READ)) {
            InputStream in = Channels.newInputStream(file.position(part.offset()));
            byte[] buffer = new byte[BUFFER];
            long left = part.length();
            while (left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new IOException("file became shorter: " + part.file());
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }
}
