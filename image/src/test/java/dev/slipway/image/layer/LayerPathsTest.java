package dev.slipway.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.image.layer.tar.TarException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerPathsTest {
    @ParameterizedTest
    @CsvSource({
        "a, a",
        "./a, a",
        "/a, a",
        "//a//b/, a/b",
        "a/./b/., a/b",
        "a/../b, b",
        "a/b/../../c, c",
        "./, ''",
        "/, ''",
        "'', ''",
        "a/.., ''",
        "..., ...",
        "a..b, a..b",
    })
    void aPathIsCleaned(String path, String clean) throws TarException {
        assertThat(LayerPaths.clean(ByteString.of(path))).isEqualTo(ByteString.of(clean));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../a", "/..", "/../a", "a/../..", "a/../../b", "./../a", "a/b/../../../etc/passwd"})
    void aPathThatLeadsOutIsRefused(String path) {
        assertThatThrownBy(() -> LayerPaths.clean(ByteString.of(path)))
                .isInstanceOf(TarException.class)
                .hasMessageContaining("leads out of the layer");
    }

    @Test
    void aZeroByteIsRefused() {
        assertThatThrownBy(() -> LayerPaths.clean(ByteString.of("a\0b"))).isInstanceOf(TarException.class);
    }

    @Test
    void belowMeansAtAnyDepthAndNotTheDirectoryItself() {
        assertThat(LayerPaths.isBelow(ByteString.of("a/b"), ByteString.of("a"))).isTrue();
        assertThat(LayerPaths.isBelow(ByteString.of("ab"), ByteString.of("a"))).isFalse();
        assertThat(LayerPaths.isBelow(ByteString.of("a"), ByteString.of("a"))).isFalse();
        assertThat(LayerPaths.isBelow(ByteString.of("a"), ByteString.EMPTY)).isTrue();
        assertThat(LayerPaths.isBelow(ByteString.EMPTY, ByteString.EMPTY)).isFalse();
    }
}
