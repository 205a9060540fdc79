package dev.slipway.registry.auth;

import dev.slipway.foundation.http.HttpAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** An answer whose short body has been read, and can be read again. */
final class BufferedAnswer implements HttpAnswer {
    private static final int MOST_BYTES = 64 * 1024;

    private final HttpAnswer answer;
    private final byte[] bytes;

    private BufferedAnswer(HttpAnswer answer, byte[] bytes) {
        this.answer = answer;
        this.bytes = bytes;
    }

    static BufferedAnswer of(HttpAnswer answer) throws IOException {
        try (answer) {
            return new BufferedAnswer(answer, answer.body().readNBytes(MOST_BYTES));
        }
    }

    @Override
    public int status() {
        return answer.status();
    }

    @Override
    public Optional<String> header(String name) {
        return answer.header(name);
    }

    @Override
    public List<String> headerValues(String name) {
        return answer.headerValues(name);
    }

    @Override
    public InputStream body() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public URI uri() {
        return answer.uri();
    }

    @Override
    public void close() {
        // the answer behind it was closed when it was read
    }
}
