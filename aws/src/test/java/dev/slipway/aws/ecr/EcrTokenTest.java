package dev.slipway.aws.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.foundation.error.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcrTokenTest {
    private static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");

    @Test
    void isSplitAtTheFirstColonAndRenewedAtHalfOfItsLife() {
        EcrToken token = EcrToken.of(base64("AWS:pass:word"), NOW, NOW.plus(Duration.ofHours(12)));

        assertThat(token.credential().username()).isEqualTo("AWS");
        assertThat(token.credential().password().reveal()).isEqualTo("pass:word");
        assertThat(token.toString()).doesNotContain("pass:word");
        assertThat(token.isFresh(NOW.plus(Duration.ofHours(6)).minusNanos(1))).isTrue();
        assertThat(token.isFresh(NOW.plus(Duration.ofHours(6)))).isFalse();
        assertThat(token.isUsable(NOW.plus(Duration.ofHours(12)).minusNanos(1))).isTrue();
        assertThat(token.isUsable(NOW.plus(Duration.ofHours(12)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%%%", "QVdT", "OnBhc3M="})
    void mustBeUserAndPasswordInBase64(String text) {
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> EcrToken.of(text, NOW, NOW.plusSeconds(1)))
                .withMessage("get a token of ECR: the token is not user:password in Base64");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
