package dev.slipway.localecr.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before the JDK's HTTP server and turns TLS away at once. Docker, Podman and Skopeo try HTTPS first, also where
 * they may speak plain HTTP; the JDK's server would wait for the end of a request line that never comes, and every
 * command of theirs would begin with a pause of ten seconds. The answer lets them say what is wrong: a server that gives
 * an HTTP answer to an HTTPS client. Everything else is passed on byte by byte.
 */
final class PlainTextGate implements Closeable {
    /** The first byte of a TLS handshake record, RFC 8446 section 5.1. */
    private static final int TLS_HANDSHAKE = 0x16;

    private static final byte[] TURNED_AWAY =
            "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nThis port speaks plain HTTP.\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private static final int BUFFER = 64 << 10;

    private final ServerSocket gate;
    private final InetSocketAddress behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private PlainTextGate(ServerSocket gate, InetSocketAddress behind) {
        this.gate = gate;
        this.behind = behind;
    }

    /** @throws IOException if the address cannot be had */
    static PlainTextGate open(InetSocketAddress address, InetSocketAddress behind) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address, 128);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        PlainTextGate gate = new PlainTextGate(socket, behind);
        Thread.ofVirtual().name("gate " + gate.port()).start(gate::acceptAll);
        return gate;
    }

    int port() {
        return gate.getLocalPort();
    }

    /** Stops to accept and cuts every connection. */
    @Override
    public void close() throws IOException {
        gate.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void acceptAll() {
        while (!gate.isClosed()) {
            try {
                Socket client = gate.accept();
                open.add(client);
                Thread.ofVirtual().name("gate in").start(() -> serve(client));
            } catch (IOException e) {
                if (!gate.isClosed()) {
                    System.getLogger(PlainTextGate.class.getName()).log(System.Logger.Level.WARNING, "accept", e);
                }
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            byte[] begin = new byte[BUFFER];
            int count = client.getInputStream().read(begin);
            if (count > 0 && begin[0] == TLS_HANDSHAKE) {
                client.getOutputStream().write(TURNED_AWAY);
                client.shutdownOutput();
                client.getInputStream().skipNBytes(BUFFER);
            } else if (count > 0) {
                passOn(client, Arrays.copyOf(begin, count));
            }
        } catch (IOException e) {
            // one of the two sides ended the connection, and the other is told by its end
        } finally {
            open.remove(client);
        }
    }

    private void passOn(Socket client, byte[] begin) throws IOException {
        try (Socket server = new Socket()) {
            server.connect(behind);
            server.setTcpNoDelay(true);
            open.add(server);
            Thread back = Thread.ofVirtual().name("gate out").start(() -> passBack(server, client));
            server.getOutputStream().write(begin);
            copy(client.getInputStream(), server.getOutputStream());
            server.shutdownOutput();
            back.join();
            open.remove(server);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void passBack(Socket server, Socket client) {
        try (client) {
            copy(server.getInputStream(), client.getOutputStream());
        } catch (IOException e) {
            // as above
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
        }
    }
}
