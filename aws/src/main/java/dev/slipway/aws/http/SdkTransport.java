package dev.slipway.aws.http;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpBody;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.foundation.http.HttpTransport;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Lets the SDK send its requests through our transport: the same proxies, certificates and limits. For calls of control
 * planes: a request's body is held in memory, at most 1 MiB. Closing it leaves the transport open. Thread-safe.
 */
public final class SdkTransport implements SdkHttpClient {
    private static final int MOST_BODY_BYTES = 1024 * 1024;

    /** Set by the transport itself from the address and the body. */
    private static final Set<String> OWN = Set.of("host", "content-length", "connection", "expect", "upgrade");

    /** What the SDK looks at in an answer. */
    private static final List<String> READ = List.of(
            "Content-Type",
            "Date",
            "Retry-After",
            "x-amz-retry-after",
            "x-amzn-ErrorType",
            "x-amzn-RequestId",
            "x-amz-request-id",
            "x-amz-id-2");

    private final HttpTransport transport;

    public SdkTransport(HttpTransport transport) {
        this.transport = requireNonNull(transport, "transport is null");
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Exchange(request);
    }

    @Override
    public String clientName() {
        return "slipway";
    }

    @Override
    public void close() {
        // the transport belongs to whoever opened it
    }

    private static HttpCall call(HttpExecuteRequest execute) throws IOException {
        SdkHttpRequest request = execute.httpRequest();
        Map<String, String> headers = new LinkedHashMap<>();
        request.forEachHeader((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, String.join(",", values));
            }
        });
        byte[] body = body(execute.contentStreamProvider());
        return new HttpCall(request.method().name(), request.getUri(), headers, HttpBody.of(body));
    }

    private static byte[] body(Optional<ContentStreamProvider> content) throws IOException {
        if (content.isEmpty()) {
            return new byte[0];
        }
        try (InputStream in = content.get().newStream()) {
            byte[] bytes = in.readNBytes(MOST_BODY_BYTES + 1);
            if (bytes.length > MOST_BODY_BYTES) {
                throw new IOException("a request to a control plane is larger than " + MOST_BODY_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private static HttpExecuteResponse response(HttpAnswer answer) {
        SdkHttpFullResponse.Builder head = SdkHttpFullResponse.builder().statusCode(answer.status());
        for (String name : READ) {
            answer.header(name).ifPresent(value -> head.putHeader(name, value));
        }
        AbortableInputStream body = AbortableInputStream.create(new Body(answer), answer::close);
        return HttpExecuteResponse.builder()
                .response(head.build())
                .responseBody(body)
                .build();
    }

    /** One request and its answer. */
    private final class Exchange implements ExecutableHttpRequest {
        private final HttpExecuteRequest request;
        private volatile @Nullable HttpAnswer answer;
        private volatile boolean aborted;

        Exchange(HttpExecuteRequest request) {
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            HttpAnswer received = transport.send(SdkTransport.call(request));
            answer = received;
            if (aborted) {
                received.close();
                throw new IOException("the request was aborted");
            }
            return response(received);
        }

        @Override
        public void abort() {
            aborted = true;
            HttpAnswer received = answer;
            if (received != null) {
                received.close();
            }
        }
    }

    /** The body, whose end gives back the connection. */
    private static final class Body extends FilterInputStream {
        private final HttpAnswer answer;

        Body(HttpAnswer answer) {
            super(answer.body());
            this.answer = answer;
        }

        @Override
        public void close() {
            answer.close();
        }
    }
}
