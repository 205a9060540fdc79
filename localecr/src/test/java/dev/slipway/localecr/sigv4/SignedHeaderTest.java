package dev.slipway.localecr.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of the {@code Authorization} header. */
class SignedHeaderTest {
    private static final String GOOD =
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE000000000/20261123/eu-west-1/ecr/aws4_request, "
                    + "SignedHeaders=content-type;host;x-amz-date, Signature=" + "ab".repeat(32);

    @Test
    void isTakenApart() {
        SignedHeader header = SignedHeader.parse(GOOD);

        assertThat(header.accessKeyId()).isEqualTo("AKIDEXAMPLE000000000");
        assertThat(header.scope()).isEqualTo("20261123/eu-west-1/ecr/aws4_request");
        assertThat(header.signedHeaders()).containsExactly("content-type", "host", "x-amz-date");
    }

    @Test
    void mayLackTheSpacesBehindTheCommas() {
        assertThat(SignedHeader.parse(GOOD.replace(", ", ","))).isEqualTo(SignedHeader.parse(GOOD));
    }

    @ParameterizedTest
    @CsvSource({
        "Credential=, NotCredential=",
        "Signature=a, Signature=x",
        "SignedHeaders=, Headers=",
        "/aws4_request, ''",
        "/aws4_request, /aws5_request",
        "/20261123/, /today/",
    })
    void isRefusedWhenIncomplete(String part, String other) {
        assertThatThrownBy(() -> SignedHeader.parse(GOOD.replace(part, other)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.SIGNATURE_INCOMPLETE));
    }

    @Test
    void isMissingWhereAnotherSchemeIsUsed() {
        assertThatThrownBy(() -> SignedHeader.parse("Basic QVdTOng="))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_SIGNED));
    }
}
