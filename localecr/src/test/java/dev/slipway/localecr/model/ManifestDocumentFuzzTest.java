package dev.slipway.localecr.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipway.image.model.Digest;
import org.jspecify.annotations.Nullable;

/** Whatever is pushed as a manifest is kept as it is or refused, and nothing else. */
class ManifestDocumentFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void isKeptOrRefused(byte @Nullable [] bytes) {
        if (bytes == null) {
            return;
        }
        try {
            ManifestDocument document = ManifestDocument.parse(bytes);
            assertThat(document.bytes()).isEqualTo(bytes);
            assertThat(document.digest()).isEqualTo(Digest.of(bytes));
            assertThat(document.layersSize()).isNotNegative();
            assertThat(document.annotations()).doesNotContainValue(null);
        } catch (Refusal refusal) {
            assertThat(refusal.reason()).isEqualTo(Reason.MANIFEST_REJECTED);
        }
    }
}
