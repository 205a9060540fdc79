package dev.slipway.step.run;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.foundation.http.HttpTransport;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers as ECR's GetAuthorizationToken does, with the password {@code token}. */
final class TokenTransport implements HttpTransport {
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean refuses;

    void refuse() {
        refuses = true;
    }

    int calls() {
        return calls.get();
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        calls.incrementAndGet();
        if (refuses) {
            return new Answer(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}", call.uri());
        }
        String token = Base64.getEncoder().encodeToString("AWS:token".getBytes(StandardCharsets.UTF_8));
        return new Answer(
                200,
                "{\"authorizationData\":[{\"authorizationToken\":\"" + token + "\",\"expiresAt\":1900000000.5}]}",
                call.uri());
    }

    @Override
    public void close() {}

    private record Answer(int status, String text, URI uri) implements HttpAnswer {
        @Override
        public Optional<String> header(String name) {
            return Optional.empty();
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    }
}
