package dev.slipway.foundation.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP request.
 *
 * @param method e.g. {@code GET}, {@code PATCH}
 * @param uri absolute, http or https
 * @param headers names are compared without case; {@code Authorization} is dropped when a redirect leaves the origin
 * @param body what is sent
 */
public record HttpCall(String method, URI uri, Map<String, String> headers, HttpBody body) {
    public HttpCall {
        requireNonNull(method, "method is null");
        requireNonNull(uri, "uri is null");
        requireNonNull(body, "body is null");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    public static HttpCall of(String method, URI uri) {
        return new HttpCall(method, uri, Map.of(), HttpBody.empty());
    }

    public HttpCall header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new HttpCall(method, uri, all, body);
    }

    public HttpCall body(HttpBody newBody) {
        return new HttpCall(method, uri, headers, newBody);
    }

    /** Leaves the headers out: they may hold credentials. */
    @Override
    public String toString() {
        return method + " " + Redaction.of(uri);
    }
}
