package dev.slipway.localecr.http;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer. A body is announced but not sent where the request was a HEAD.
 *
 * @param status 0 where the connection is dropped without a word
 */
public record Answer(int status, Map<String, String> headers, Body body) {
    /** What an answer carries. */
    public sealed interface Body {
        long length();
    }

    /** The array is not changed after it was handed over. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Bytes(byte[] bytes) implements Body {
        @Override
        public long length() {
            return bytes.length;
        }
    }

    /** A part of a file, in bytes. */
    public record FilePart(Path file, long offset, long length) implements Body {}

    public Answer {
        requireNonNull(body, "body is null");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    public static Answer of(int status) {
        return new Answer(status, Map.of(), new Bytes(new byte[0]));
    }

    /** The client sees its connection end. */
    public static Answer dropped() {
        return of(0);
    }

    public boolean isDropped() {
        return status == 0;
    }

    public Answer header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Answer(status, all, body);
    }

    public Answer body(String contentType, byte[] bytes) {
        return body(contentType, new Bytes(bytes));
    }

    public Answer body(String contentType, String text) {
        return body(contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    public Answer body(String contentType, Body newBody) {
        return new Answer(status, header("Content-Type", contentType).headers(), newBody);
    }
}
