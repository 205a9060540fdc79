package dev.slipway.foundation.http;

import java.io.IOException;
import java.io.InputStream;

/** What a request sends. */
public sealed interface HttpBody {
    static HttpBody empty() {
        return new Bytes(new byte[0]);
    }

    static HttpBody of(byte[] bytes) {
        return new Bytes(bytes);
    }

    /** The caller does not change the array afterwards. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody, small by contract
    record Bytes(byte[] bytes) implements HttpBody {}

    /** A body of known length that is opened anew for each attempt and never held in memory. */
    record Stream(long length, Opener opener) implements HttpBody {}

    /** Opens the body from its first byte; the transport closes the stream. */
    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }
}
