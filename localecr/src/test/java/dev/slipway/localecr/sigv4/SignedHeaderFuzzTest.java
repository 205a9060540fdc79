package dev.slipway.localecr.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.Refusal;
import org.jspecify.annotations.Nullable;

/** Whatever stands in {@code Authorization} is read or refused. */
class SignedHeaderFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void isReadOrRefused(@Nullable String header) {
        if (header == null) {
            return;
        }
        try {
            assertThat(SignedHeader.parse(header).signature()).hasSize(64);
        } catch (Refusal refusal) {
            assertThat(refusal.reason()).isIn(Reason.NOT_SIGNED, Reason.SIGNATURE_INCOMPLETE);
        }
    }
}
