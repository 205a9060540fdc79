package dev.slipway.foundation.http;

import java.io.IOException;

/** No complete answer head was received. The message names the host and holds no secret. */
public final class ExchangeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    ExchangeException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    ExchangeException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What went wrong. */
    public enum Kind {
        /** The host's name has no address. */
        UNKNOWN_HOST,
        /** No connection could be opened. */
        NOT_CONNECTED,
        /** The proxy did not let the request through. */
        PROXY,
        /** The other side's certificate or protocol was not accepted. */
        TLS,
        /** The other side closed the connection before it had answered. */
        CLOSED,
        /** No byte moved for too long. */
        STALLED,
        /** A redirect that is not followed. */
        REDIRECT,
        OTHER
    }
}
