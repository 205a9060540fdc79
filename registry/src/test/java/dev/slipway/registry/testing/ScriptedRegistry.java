package dev.slipway.registry.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.image.transfer.OutgoingImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A small registry on loopback that does what the distribution specification says, except where a fault is planted. It
 * keeps a log of what it was asked. A session appends what it is sent and, as Amazon ECR, does not take bytes twice.
 */
public final class ScriptedRegistry implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    private final Map<String, byte[]> sessions = new ConcurrentHashMap<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicInteger nextSession = new AtomicInteger();

    public ScriptedRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** {@code 127.0.0.1:port}. */
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Every request as {@code METHOD path}, with digests and numbers of sessions left out. */
    public List<String> log() {
        return List.copyOf(log);
    }

    public boolean hasBlob(Digest digest) {
        return blobs.containsKey(digest.toString());
    }

    public boolean hasManifest(String reference) {
        return manifests.containsKey(reference);
    }

    /** Stores an image as if it had been pushed. */
    public void store(OutgoingImage image, String tag) throws IOException {
        for (BlobSource layer : image.layers()) {
            try (InputStream in = layer.open()) {
                blobs.put(layer.descriptor().digest().toString(), in.readAllBytes());
            }
        }
        blobs.put(image.configDescriptor().digest().toString(), image.config());
        storeManifest(image.manifest(), tag);
    }

    public void storeManifest(byte[] manifest, String tag) {
        manifests.put(tag, manifest);
        manifests.put(Digest.of(manifest).toString(), manifest);
    }

    /** Answers the first {@code times} matching requests, as in the log, in another way. */
    public void plant(int times, Predicate<String> when, Handler instead) {
        faults.add(new Fault(new AtomicInteger(times), when, instead));
    }

    /** Every request must pass; what does not is answered by the handler. */
    public void guard(Predicate<HttpExchange> passes, Handler otherwise) {
        faults.add(new Fault(new AtomicInteger(Integer.MAX_VALUE), request -> true, exchange -> {
            if (passes.test(exchange)) {
                return false;
            }
            return otherwise.handle(exchange);
        }));
    }

    public static boolean reply(HttpExchange exchange, int status, String body, String... headers) throws IOException {
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
        }
        send(exchange, status, body.getBytes(UTF_8));
        return true;
    }

    /** Closes the connection without an answer, after having read the request's body. */
    public static boolean drop(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        throw new IOException("planted");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String request = exchange.getRequestMethod() + " "
                + path.replaceAll("sha256:[0-9a-f]+", "DIGEST").replaceAll("session-\\d+", "SESSION");
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        String logged = query.startsWith("mount=") ? request + "?mount" : request;
        log.add(logged);
        try (exchange) {
            for (Fault fault : faults) {
                if (fault.when().test(logged)
                        && fault.left().getAndDecrement() > 0
                        && fault.instead().handle(exchange)) {
                    return;
                }
            }
            serve(exchange, path);
        }
    }

    /** What the registry does without a fault. */
    public void serve(HttpExchange exchange, String path) throws IOException {
        String last = path.substring(path.lastIndexOf('/') + 1);
        String method = exchange.getRequestMethod();
        if (path.contains("/manifests/") && method.equals("PUT")) {
            byte[] manifest = exchange.getRequestBody().readAllBytes();
            storeManifest(manifest, last);
            reply(
                    exchange,
                    201,
                    "",
                    "Docker-Content-Digest",
                    Digest.of(manifest).toString());
        } else if (path.contains("/manifests/")) {
            give(exchange, manifests.get(last), "application/vnd.oci.image.manifest.v1+json");
        } else if (path.contains("/uploads/")) {
            upload(exchange, path, last);
        } else {
            give(exchange, blobs.get(last), "application/octet-stream");
        }
    }

    private void upload(HttpExchange exchange, String path, String last) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                String session = "session-" + nextSession.incrementAndGet();
                sessions.put(session, new byte[0]);
                reply(exchange, 202, "", "Location", path + session + "?_state=a%2Fb");
            }
            case "PATCH" -> {
                if (sessions.getOrDefault(last, new byte[0]).length > 0) {
                    reply(exchange, 416, "{\"errors\":[{\"code\":\"BLOB_UPLOAD_INVALID\"}]}");
                    return;
                }
                sessions.put(last, body);
                reply(exchange, 202, "", "Location", "http://" + host() + path + "?_state=c%2Fd");
            }
            default -> {
                String digest = exchange.getRequestURI().getQuery().replaceFirst(".*digest=", "");
                byte[] content = sessions.getOrDefault(last, new byte[0]);
                if (!exchange.getRequestURI().getQuery().startsWith("_state=")
                        || !Digest.of(content).toString().equals(digest)) {
                    reply(exchange, 400, "{\"errors\":[{\"code\":\"DIGEST_INVALID\"}]}");
                    return;
                }
                blobs.put(digest, content);
                reply(exchange, 201, "", "Docker-Content-Digest", digest);
            }
        }
    }

    private static void give(HttpExchange exchange, byte @Nullable [] content, String type) throws IOException {
        if (content == null) {
            reply(exchange, 404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"not here\"}]}");
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        byte[] part = Arrays.copyOfRange(content, from, content.length);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.getResponseHeaders()
                .add("Docker-Content-Digest", Digest.of(content).toString());
        if (range != null) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        send(exchange, range == null ? 200 : 206, part);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Where the bytes of a blob end up, for redirects. */
    public URI address(Descriptor blob) {
        return URI.create("http://" + host() + "/v2/x/blobs/" + blob.digest());
    }

    /** Handles a request; false leaves it to the registry. */
    @FunctionalInterface
    public interface Handler {
        boolean handle(HttpExchange exchange) throws IOException;
    }

    private record Fault(AtomicInteger left, Predicate<String> when, Handler instead) {}
}
