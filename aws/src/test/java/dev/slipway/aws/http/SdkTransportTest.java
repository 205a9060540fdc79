package dev.slipway.aws.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpBody;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.foundation.http.HttpTransport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

class SdkTransportTest {
    private final Recorder recorder = new Recorder();

    @Test
    void sendsWhatTheSdkSignedAndLeavesTheRestToTheTransport() throws IOException {
        HttpExecuteResponse response =
                prepare("{}".getBytes(StandardCharsets.UTF_8)).call();

        HttpCall call = recorder.calls.getFirst();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.uri()).isEqualTo(URI.create("https://ecr.test/?a=b"));
        assertThat(call.headers()).isEqualTo(Map.of("X-Amz-Target", "T", "Accept", "a,b"));
        assertThat(((HttpBody.Bytes) call.body()).bytes()).asString().isEqualTo("{}");
        assertThat(response.httpResponse().statusCode()).isEqualTo(418);
        assertThat(response.httpResponse().firstMatchingHeader("x-amzn-RequestId"))
                .contains("r1");
        assertThat(response.responseBody().orElseThrow().readAllBytes())
                .asString()
                .isEqualTo("answer");
    }

    @Test
    void theEndOfTheBodyGivesTheConnectionBack() throws IOException {
        prepare(new byte[0]).call().responseBody().orElseThrow().close();

        assertThat(recorder.closed).isEqualTo(1);
    }

    @Test
    void anAbortGivesTheConnectionBack() throws IOException {
        ExecutableHttpRequest late = prepare(new byte[0]);
        late.call();
        late.abort();
        assertThat(recorder.closed).isEqualTo(1);

        ExecutableHttpRequest early = prepare(new byte[0]);
        early.abort();
        assertThatExceptionOfType(IOException.class).isThrownBy(early::call).withMessage("the request was aborted");
        assertThat(recorder.closed).isEqualTo(2);
    }

    @Test
    void refusesABodyThatIsTooLargeForMemory() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> prepare(new byte[1024 * 1024 + 1]).call())
                .withMessage("a request to a control plane is larger than 1048576 bytes");
        assertThat(recorder.calls).isEmpty();
    }

    @Test
    void closingItLeavesTheTransportOpen() {
        new SdkTransport(recorder).close();

        assertThat(recorder.shut).isFalse();
    }

    private ExecutableHttpRequest prepare(byte[] body) {
        SdkHttpFullRequest request = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create("https://ecr.test/?a=b"))
                .putHeader("X-Amz-Target", "T")
                .putHeader("Accept", List.of("a", "b"))
                .putHeader("Host", "ecr.test")
                .putHeader("Content-Length", "2")
                .build();
        return new SdkTransport(recorder)
                .prepareRequest(HttpExecuteRequest.builder()
                        .request(request)
                        .contentStreamProvider(() -> new ByteArrayInputStream(body))
                        .build());
    }

    /** Keeps what was sent, and answers. */
    private static final class Recorder implements HttpTransport {
        private final List<HttpCall> calls = new ArrayList<>();
        private int closed;
        private boolean shut;

        @Override
        public HttpAnswer send(HttpCall call) {
            calls.add(call);
            return new HttpAnswer() {
                @Override
                public int status() {
                    return 418;
                }

                @Override
                public Optional<String> header(String name) {
                    return name.equalsIgnoreCase("x-amzn-RequestId") ? Optional.of("r1") : Optional.empty();
                }

                @Override
                public InputStream body() {
                    return new ByteArrayInputStream("answer".getBytes(StandardCharsets.UTF_8));
                }

                @Override
                public URI uri() {
                    return call.uri();
                }

                @Override
                public void close() {
                    closed++;
                }
            };
        }

        @Override
        public void close() {
            shut = true;
        }
    }
}
