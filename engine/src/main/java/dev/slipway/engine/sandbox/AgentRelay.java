package dev.slipway.engine.sandbox;

import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A socket whose clients may ask an ssh agent for its public keys and for signatures, and for nothing else: they cannot
 * add, remove or lock keys. Each message is a length in four bytes and that many bytes, the first of which is its type;
 * each request has one answer.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-miller-ssh-agent">SSH Agent Protocol</a>
 */
public final class AgentRelay implements AutoCloseable {
    private static final byte FAILURE = 5;
    private static final byte REQUEST_IDENTITIES = 11;
    private static final byte SIGN_REQUEST = 13;
    private static final int LONGEST_MESSAGE = 256 * 1024;

    private final ServerSocketChannel server;
    private final UnixDomainSocketAddress agent;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private AgentRelay(ServerSocketChannel server, UnixDomainSocketAddress agent) {
        this.server = server;
        this.agent = agent;
    }

    /**
     * Makes the socket and answers at it until it is closed.
     *
     * @param at where nothing is yet; whoever names it removes it
     * @param agent the agent's own socket
     * @throws IOException if the socket cannot be made
     */
    public static AgentRelay listen(Path at, Path agent) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        boolean listening = false;
        // An address holds about a hundred bytes; by way of the descriptor, any path does.
        try (Fd directory = Nodes.openDirectory(at.toAbsolutePath().resolveSibling(""))) {
            server.bind(UnixDomainSocketAddress.of(directory.procPath() + "/" + at.getFileName()));
            AgentRelay relay = new AgentRelay(server, UnixDomainSocketAddress.of(agent));
            Thread.ofVirtual().name("ssh agent").start(relay::accept);
            listening = true;
            return relay;
        } finally {
            if (!listening) {
                server.close();
            }
        }
    }

    private void accept() {
        while (!closed) {
            try {
                SocketChannel client = server.accept();
                open.add(client);
                Thread.ofVirtual().name("ssh agent client").start(() -> serve(client));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                SocketChannel upstream = SocketChannel.open(agent)) {
            open.add(upstream);
            DataInputStream requests = new DataInputStream(Channels.newInputStream(client));
            DataOutputStream answers = new DataOutputStream(Channels.newOutputStream(client));
            DataInputStream fromAgent = new DataInputStream(Channels.newInputStream(upstream));
            DataOutputStream toAgent = new DataOutputStream(Channels.newOutputStream(upstream));
            while (!closed) {
                byte[] request = message(requests);
                boolean isAllowed =
                        request.length > 0 && (request[0] == REQUEST_IDENTITIES || request[0] == SIGN_REQUEST);
                if (isAllowed) {
                    send(request, toAgent);
                    send(message(fromAgent), answers);
                } else {
                    send(new byte[] {FAILURE}, answers);
                }
            }
        } catch (IOException _) {
            // The client has gone, or the agent: the client sees its connection end.
        } finally {
            open.remove(client);
        }
    }

    private static byte[] message(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST_MESSAGE) {
            throw new IOException("a message of " + length + " bytes");
        }
        byte[] message = new byte[length];
        in.readFully(message);
        return message;
    }

    private static void send(byte[] message, DataOutputStream out) throws IOException {
        byte[] whole = new byte[Integer.BYTES + message.length];
        ByteBuffer.wrap(whole).putInt(message.length).put(message);
        out.write(whole);
        out.flush();
    }

    /** Ends every connection. */
    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        for (SocketChannel channel : open) {
            channel.close();
        }
    }
}
