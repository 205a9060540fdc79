package dev.slipway.localecr.http;

import java.io.IOException;

/** Answers a request. Thread-safe; one may wrap another, for instance to fail on purpose. */
@FunctionalInterface
public interface Endpoint {
    /** @throws IOException if the storage fails or the client goes away while it sends */
    Answer handle(Call call) throws IOException;
}
