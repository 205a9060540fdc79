package dev.slipway.foundation.http;

import dev.slipway.foundation.http.ExchangeException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words what the JDK's client tells by exception types, some of them without a message. */
final class Diagnosis {
    private static final int DEEPEST_CAUSE = 10;

    private Diagnosis() {}

    static ExchangeException of(IOException failure, URI address) {
        String host = Origin.of(address).toString();
        if (has(failure, UnresolvedAddressException.class)) {
            return new ExchangeException(Kind.UNKNOWN_HOST, "the host of " + host + " has no address", failure);
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return new ExchangeException(Kind.NOT_CONNECTED, "no connection to " + host + " in time", failure);
        }
        if (failure instanceof ConnectException) {
            return new ExchangeException(Kind.NOT_CONNECTED, "cannot connect to " + host + reason(failure), failure);
        }
        String message = failure.getMessage();
        if (message != null && message.startsWith("Tunnel failed")) {
            return new ExchangeException(Kind.PROXY, "the proxy opened no way to " + host + reason(failure), failure);
        }
        if (failure instanceof SSLException) {
            return new ExchangeException(Kind.TLS, "no secure connection to " + host + reason(failure), failure);
        }
        if (has(failure, EOFException.class)
                || has(failure, ClosedChannelException.class)
                || has(failure, SocketException.class)) {
            return new ExchangeException(
                    Kind.CLOSED, host + " closed the connection before it had answered" + reason(failure), failure);
        }
        return new ExchangeException(Kind.OTHER, "no answer from " + host + reason(failure), failure);
    }

    static ExchangeException stalled(URI address, Duration limit) {
        return new ExchangeException(
                Kind.STALLED, "no byte to or from " + Origin.of(address) + " for " + limit.toSeconds() + " s");
    }

    private static String reason(IOException failure) {
        String text = failure.getMessage();
        return text == null || text.isBlank() ? "" : " (" + text + ")";
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
