package dev.slipway.registry.endpoint;

import dev.slipway.foundation.http.HttpAnswer;
import java.io.IOException;

/** A request whose answer is read at once. */
public interface RegistryCall<T> extends RegistryRequest {
    /** Reads an answer of an accepted status; the caller closes it. */
    T read(HttpAnswer answer) throws IOException;
}
