package dev.slipway.image.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Image-spec 1.1, descriptor, digests. */
class DigestTest {
    /** FIPS 180-4, examples: SHA-256 of "abc". */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void ofBytesIsTheirSha256() {
        assertThat(Digest.of("abc".getBytes(UTF_8))).isEqualTo(new Digest("sha256", ABC));
    }

    @Test
    void isWrittenAsItIsRead() {
        assertThat(Digest.parse("sha256:" + ABC)).hasToString("sha256:" + ABC);
        assertThat(Digest.parse("sha512:" + "0f".repeat(64)).newHash().getAlgorithm())
                .isEqualTo("SHA-512");
    }

    @Test
    void twelveDigitsAreForPeople() {
        assertThat(new Digest("sha256", ABC).shortHex()).isEqualTo("ba7816bf8f01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "sha256",
                "sha256:",
                "sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
                "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
                "sha256:../../../../../../../../../../../../../../../../../../../etc/passwd",
                "sha512:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "md5:900150983cd24fb0d6963f7d28e17f72",
                "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n"
            })
    void nothingElseIsADigest(String text) {
        assertThat(Digest.isDigest(text)).isFalse();
        assertThatThrownBy(() -> Digest.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a digest");
    }
}
