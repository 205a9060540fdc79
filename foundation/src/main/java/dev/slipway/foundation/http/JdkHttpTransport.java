package dev.slipway.foundation.http;

import java.io.IOException;
import java.net.http.HttpClient;

/** The transport over the JDK's own client, HTTP/1.1 only. Thread-safe. */
public final class JdkHttpTransport implements HttpTransport {
    private final HttpClient client;

    public JdkHttpTransport(HttpSettings settings) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    @Override
    public HttpAnswer send(HttpCall call) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
