package dev.slipway.engine.context;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Repositories below one directory, served on loopback: by git's own daemon, by its HTTP backend in the older protocol,
 * which gives only what it advertises, and as plain files, which know nothing of shallow fetches.
 */
public final class GitServer implements AutoCloseable {
    private static final String DATE = "1700000000 +0000";

    private final Path root;
    private final int daemonPort;
    private final Process daemon;
    private final HttpServer http;

    private GitServer(Path root, int daemonPort, Process daemon, HttpServer http) {
        this.root = root;
        this.daemonPort = daemonPort;
        this.daemon = daemon;
        this.http = http;
    }

    public static GitServer start(Path root) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process daemon = new ProcessBuilder(
                        "/usr/lib/git-core/git-daemon",
                        "--base-path=" + root,
                        "--export-all",
                        "--reuseaddr",
                        "--informative-errors",
                        "--listen=127.0.0.1",
                        "--port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        GitServer server = new GitServer(root, port, daemon, http);
        http.createContext("/smart/", server::smart);
        http.createContext("/closed/", exchange -> {
            String sent = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            if (sent.equals("Basic bWU6c2VjcmV0")) {
                server.smart(exchange);
            } else {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"closed\"");
                exchange.sendResponseHeaders(401, -1);
                exchange.close();
            }
        });
        http.createContext("/dumb/", server::dumb);
        http.start();
        server.awaitDaemon();
        return server;
    }

    private void awaitDaemon() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemonPort)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                pause();
            }
        }
        throw new IOException("git daemon does not listen");
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Over git's own protocol. */
    public String url(String repository) {
        return "git://127.0.0.1:" + daemonPort + "/" + repository;
    }

    /** Over HTTP, in protocol version 0. */
    public String smartUrl(String repository) {
        return http("smart", repository);
    }

    /** Over HTTP, as files. */
    public String dumbUrl(String repository) {
        return http("dumb", repository);
    }

    /** Over HTTP, for the user {@code me} with the password {@code secret}. */
    public String closedUrl(String repository) {
        return http("closed", repository);
    }

    private String http(String way, String repository) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/" + way + "/" + repository + "/.git";
    }

    /** Makes an empty repository. */
    public Path repository(String name, String... initOptions) throws IOException {
        Path directory = Files.createDirectories(root.resolve(name));
        List<String> words = new ArrayList<>(List.of("init", "--quiet", "--initial-branch=main"));
        words.addAll(List.of(initOptions));
        git(directory, words.toArray(String[]::new));
        return directory;
    }

    /** Writes a file and commits everything; gives the commit's hash. */
    public String commit(Path repository, String file, String content) throws IOException {
        Path path = repository.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        git(repository, "add", "--all");
        git(repository, "commit", "--quiet", "--message", "change " + file);
        git(repository, "update-server-info");
        return git(repository, "rev-parse", "HEAD").strip();
    }

    /** Runs git there; every commit has the same time. */
    public String git(Path directory, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.com"));
        words.addAll(List.of("-c", "protocol.file.allow=always", "-c", "commit.gpgSign=false"));
        words.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_AUTHOR_DATE", DATE);
        builder.environment().put("GIT_COMMITTER_DATE", DATE);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (await(process) != 0) {
            throw new AssertionError(words + "\n" + output);
        }
        return output;
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Speaks CGI with git's HTTP backend. */
    private void smart(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        ProcessBuilder builder = new ProcessBuilder("/usr/lib/git-core/git-http-backend");
        builder.environment().put("GIT_PROJECT_ROOT", root.toString());
        builder.environment().put("GIT_HTTP_EXPORT_ALL", "1");
        builder.environment().put("PATH_INFO", path.substring(path.indexOf('/', 1)));
        builder.environment().put("REQUEST_METHOD", exchange.getRequestMethod());
        String query = exchange.getRequestURI().getQuery();
        builder.environment().put("QUERY_STRING", query == null ? "" : query);
        header(exchange, builder, "Content-Type", "CONTENT_TYPE");
        header(exchange, builder, "Content-Encoding", "HTTP_CONTENT_ENCODING");
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            exchange.getRequestBody().transferTo(in);
        }
        InputStream out = process.getInputStream();
        int status = 200;
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            if (line.startsWith("Status:")) {
                status = Integer.parseInt(value.split(" ")[0]);
            } else {
                exchange.getResponseHeaders().add(line.substring(0, colon), value);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream answer = exchange.getResponseBody()) {
            out.transferTo(answer);
        }
    }

    private static void header(HttpExchange exchange, ProcessBuilder builder, String name, String variable) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
            builder.environment().put(variable, value);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    private void dumb(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Path file = root.resolve(path.substring("/dumb/".length())).normalize();
        try (exchange) {
            if (file.startsWith(root) && Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(200, Math.max(Files.size(file), 1));
                Files.copy(file, exchange.getResponseBody());
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        http.stop(0);
        daemon.destroyForcibly();
        await(daemon);
    }
}
