package dev.slipway.aws.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: AWS SDKs and tools, service-specific endpoints. */
class EcrAccessTest {
    @Test
    void theVariableOfTheServiceWins() {
        URI ecr = URI.create("http://127.0.0.1:1");
        Map<String, String> both =
                Map.of("AWS_ENDPOINT_URL_ECR", ecr.toString(), "AWS_ENDPOINT_URL", "http://127.0.0.1:2");

        assertThat(EcrAccess.endpointFrom(both)).contains(ecr);
        assertThat(EcrAccess.endpointFrom(Map.of("AWS_ENDPOINT_URL", "https://all.test")))
                .contains(URI.create("https://all.test"));
        assertThat(EcrAccess.endpointFrom(Map.of("AWS_ENDPOINT_URL", ""))).isEmpty();
        assertThat(EcrAccess.endpointFrom(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:4566", "ftp://x", "https://", "https://me:pw@x", "http://a b"})
    void mustBeAnAddress(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EcrAccess.endpointFrom(Map.of("AWS_ENDPOINT_URL", text)))
                .withMessageStartingWith("AWS_ENDPOINT_URL is ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("pw"));
    }
}
