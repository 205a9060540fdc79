package dev.slipway.foundation.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The transport against a server whose certificate no public authority has signed. */
@Timeout(60)
class TlsIT {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final SSLContext ours;
    private final HttpsServer server;

    TlsIT(@TempDir Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        ours = context(keyPair(directory.resolve("keys.p12")));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(ours));
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                byte[] answer = (exchange.getRequestMethod() + " " + body.length).getBytes(UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anUnknownAuthorityIsRefused() {
        try (JdkHttpTransport transport = new JdkHttpTransport(HttpSettings.forVersion("test"))) {
            assertThatThrownBy(() -> transport.send(HttpCall.of("GET", address("localhost"))))
                    .isInstanceOfSatisfying(
                            ExchangeException.class, e -> assertThat(e.kind()).isEqualTo(ExchangeException.Kind.TLS));
        }
    }

    @Test
    void anAuthorityOfOnesOwnIsTrusted() throws IOException {
        try (JdkHttpTransport transport =
                        new JdkHttpTransport(HttpSettings.forVersion("test").tls(ours));
                HttpAnswer answer = transport.send(HttpCall.of("PATCH", address("localhost"))
                        .body(new HttpBody.Stream(1 << 20, () -> new ByteArrayInputStream(new byte[1 << 20]))))) {
            assertThat(answer.body().readAllBytes()).asString(UTF_8).isEqualTo("PATCH 1048576");
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        try (JdkHttpTransport transport =
                new JdkHttpTransport(HttpSettings.forVersion("test").tls(ours))) {
            assertThatThrownBy(() -> transport.send(HttpCall.of("GET", address("127.0.0.1"))))
                    .isInstanceOfSatisfying(
                            ExchangeException.class, e -> assertThat(e.kind()).isEqualTo(ExchangeException.Kind.TLS));
        }
    }

    @Test
    void encryptedRequestsGoThroughATunnelThatTheProxysCredentialsOpen() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> refuseOneTunnel(proxy, asked));
            ProxySettings settings =
                    ProxySettings.from(Map.of("HTTPS_PROXY", "http://u:p@127.0.0.1:" + proxy.getLocalPort()));
            try (JdkHttpTransport transport =
                    new JdkHttpTransport(HttpSettings.forVersion("test").proxies(settings))) {
                HttpCall call = HttpCall.of("GET", URI.create("https://registry.example/v2/"))
                        .header("Authorization", "Basic x");
                assertThatThrownBy(() -> transport.send(call))
                        .isInstanceOfSatisfying(
                                ExchangeException.class,
                                e -> assertThat(e.kind()).isEqualTo(ExchangeException.Kind.PROXY))
                        .hasMessageContaining("the proxy opened no way to https://registry.example")
                        .hasMessageContaining("502");
            }
        }
        assertThat(asked)
                .startsWith("CONNECT registry.example:443 HTTP/1.1")
                .contains("Proxy-Authorization: Basic dTpw")
                .noneMatch(line -> line.startsWith("Authorization"));
    }

    private static void refuseOneTunnel(ServerSocket proxy, List<String> asked) {
        try (Socket socket = proxy.accept();
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                asked.add(line);
            }
            socket.getOutputStream().write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI address(String host) {
        return URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
    }

    private static KeyStore keyPair(Path file) throws IOException, InterruptedException, GeneralSecurityException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        try {
            authorities.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        authorities.setCertificateEntry("test", keys.getCertificate("test"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
