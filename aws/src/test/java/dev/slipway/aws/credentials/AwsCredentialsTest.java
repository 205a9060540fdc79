package dev.slipway.aws.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.foundation.secret.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

class AwsCredentialsTest {
    private static final Secret SECRET = Secret.of("s3cret");

    @Test
    void aKeyHasIdAndSecret() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AwsCredentials("", SECRET, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AwsCredentials("AKID", Secret.of(" "), Optional.empty()));
    }

    @Test
    void aTemporaryKeyHasASessionToken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AwsCredentials("ASIAEXAMPLE", SECRET, Optional.empty()))
                .withMessage("an access key that begins with ASIA needs its session token");
    }

    @Test
    void theSdkGetsAllOfItAndNoTextDoes() {
        AwsCredentials keys = new AwsCredentials("ASIAEXAMPLE", SECRET, Optional.of(Secret.of("t0ken")));

        assertThat(SdkCredentials.of(new AwsLogin.StaticKeys(keys)).resolveCredentials())
                .isEqualTo(AwsSessionCredentials.create("ASIAEXAMPLE", "s3cret", "t0ken"));
        assertThat(new AwsLogin.StaticKeys(keys).toString())
                .doesNotContain("s3cret")
                .doesNotContain("t0ken");
    }
}
