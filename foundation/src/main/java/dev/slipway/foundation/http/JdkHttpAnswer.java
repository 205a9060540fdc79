package dev.slipway.foundation.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** An answer of the JDK's client. */
record JdkHttpAnswer(HttpResponse<InputStream> response) implements HttpAnswer {
    @Override
    public int status() {
        return response.statusCode();
    }

    @Override
    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    @Override
    public List<String> headerValues(String name) {
        return response.headers().allValues(name);
    }

    @Override
    public InputStream body() {
        return response.body();
    }

    @Override
    public URI uri() {
        return response.uri();
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return status() + " from " + Redaction.of(uri());
    }
}
