package dev.slipway.image.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jspecify.annotations.Nullable;

/** Whatever is given as a name is refused with a reason, or is read and written as the same name. */
class ImageReferenceFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void isRefusedOrReadAsItIsWritten(byte @Nullable [] data) {
        if (data == null) {
            return;
        }
        ImageReference reference;
        try {
            reference = ImageReference.parse(new String(data, UTF_8));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(ImageReference.parse(reference.toString())).isEqualTo(reference);
    }
}
