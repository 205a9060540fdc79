package dev.slipway.foundation.http;

import java.io.IOException;

/**
 * Sends one request and gives the answer, whatever its status. Follows redirects of GET and HEAD itself, without
 * credentials where they leave the origin. Does not retry: what may be repeated is known by the caller alone. Blocks;
 * an interrupt ends the exchange.
 */
public interface HttpTransport extends AutoCloseable {
    /** @throws IOException if no complete answer head was received: refused, reset, stalled, TLS */
    HttpAnswer send(HttpCall call) throws IOException;

    @Override
    void close();
}
