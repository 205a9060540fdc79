package dev.slipway.registry.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's docker-registry, started on loopback for one test class; the test is skipped where it is not installed. */
public final class DebianRegistry implements AutoCloseable {
    private static final Path BINARY = Path.of("/usr/bin/docker-registry");

    private final Process process;
    private final int port;

    private DebianRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static DebianRegistry open(Path directory) throws IOException, InterruptedException {
        return start(directory, "");
    }

    /** With one user, whose password is kept as bcrypt hash by htpasswd. */
    public static DebianRegistry withUser(Path directory, String user, String password)
            throws IOException, InterruptedException {
        Path file = directory.resolve("htpasswd");
        Process htpasswd = new ProcessBuilder("htpasswd", "-Bbn", user, password)
                .redirectOutput(file.toFile())
                .start();
        assumeTrue(htpasswd.waitFor() == 0, "htpasswd works");
        return start(directory, """
                auth:
                  htpasswd:
                    realm: slipway-test
                    path: %s
                """.formatted(file));
    }

    /** {@code 127.0.0.1:port}. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static DebianRegistry start(Path directory, String auth) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(BINARY), "docker-registry is installed");
        int port = freePort();
        Path config = directory.resolve("config.yml");
        Files.writeString(config, """
                version: 0.1
                log:
                  level: error
                storage:
                  filesystem:
                    rootdirectory: %s
                  delete:
                    enabled: true
                http:
                  addr: 127.0.0.1:%d
                """.formatted(directory.resolve("storage"), port) + auth);
        Process process = new ProcessBuilder(BINARY.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("registry.log").toFile())
                .start();
        for (int i = 0; i < 200 && process.isAlive() && !answers(port); i++) {
            Thread.sleep(25);
        }
        if (!process.isAlive()) {
            throw new IOException(Files.readString(directory.resolve("registry.log")));
        }
        return new DebianRegistry(process, port);
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
