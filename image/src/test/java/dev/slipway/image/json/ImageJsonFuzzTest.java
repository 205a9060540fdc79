package dev.slipway.image.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Index;
import dev.slipway.image.model.Manifest;
import org.jspecify.annotations.Nullable;

/** Foreign bytes are refused with a reason, or what was read can be written and read again as the same. */
class ImageJsonFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void manifest(byte @Nullable [] data) {
        if (data == null) {
            return;
        }
        try {
            Manifest manifest = ImageJson.readManifest(data);
            assertThat(ImageJson.readManifest(ImageJson.writeManifest(manifest)))
                    .isEqualTo(manifest);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "30s")
    void index(byte @Nullable [] data) {
        if (data == null) {
            return;
        }
        try {
            Index index = ImageJson.readIndex(data);
            assertThat(ImageJson.readIndex(ImageJson.writeIndex(index))).isEqualTo(index);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "30s")
    void config(byte @Nullable [] data) {
        if (data == null) {
            return;
        }
        ImageConfig config;
        try {
            config = ImageJson.readConfig(data);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(ImageJson.readConfig(ImageJson.writeConfig(config))).isEqualTo(config);
    }
}
