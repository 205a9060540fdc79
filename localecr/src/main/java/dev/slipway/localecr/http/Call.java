package dev.slipway.localecr.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param method in upper case
 * @param target path and query as they came
 * @param headers names are compared without case
 * @param body read at most once, by one endpoint
 */
public record Call(String method, URI target, Map<String, List<String>> headers, InputStream body) {
    public Call {
        requireNonNull(method, "method is null");
        requireNonNull(target, "target is null");
        requireNonNull(body, "body is null");
        Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
    }

    /** The path, decoded. */
    public String path() {
        return target.getPath() == null ? "/" : target.getPath();
    }

    /** The first value of the header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The host that the client believes to talk to, with its port. */
    public String host() {
        return header("Host").orElse("localhost");
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(form(target.getRawQuery()).get(name));
    }

    /**
     * The whole body of a small request.
     *
     * @param limit bytes; one more is read of a longer body, so that the caller sees it
     */
    public byte[] bodyUpTo(int limit) throws IOException {
        return body.readNBytes(limit + 1);
    }

    /** Reads {@code a=b&c=d}; the first value of a name wins. */
    public static Map<String, String> form(@Nullable String text) {
        Map<String, String> all = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return all;
        }
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            all.putIfAbsent(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return all;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Leaves the headers out: they hold credentials. */
    @Override
    public String toString() {
        return method + " " + path();
    }
}
