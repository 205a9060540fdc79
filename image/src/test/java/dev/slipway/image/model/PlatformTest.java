package dev.slipway.image.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Image-spec 1.1, image index, platform and platform variants. */
class PlatformTest {
    @ParameterizedTest
    @CsvSource({
        "linux/amd64,       linux/amd64",
        "linux/x86_64,      linux/amd64",
        "linux/x86-64,      linux/amd64",
        "Linux/AMD64,       linux/amd64",
        "linux/amd64/v1,    linux/amd64",
        "linux/amd64/v3,    linux/amd64/v3",
        "linux/arm64,       linux/arm64",
        "linux/aarch64,     linux/arm64",
        "linux/arm64/v8,    linux/arm64",
        "linux/arm64/8,     linux/arm64",
        "linux/arm,         linux/arm/v7",
        "linux/arm/7,       linux/arm/v7",
        "linux/arm/v6,      linux/arm/v6",
        "linux/armhf,       linux/arm/v7",
        "linux/armel,       linux/arm/v6",
        "linux/i386,        linux/386",
        "linux/i686,        linux/386",
        "linux/s390x,       linux/s390x"
    })
    void hasOneSpelling(String written, String normal) {
        assertThat(Platform.parse(written)).hasToString(normal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "linux", "/", "linux/", "/amd64", "linux/arm/v7/x"})
    void isTwoOrThreeWords(String text) {
        assertThatThrownBy(() -> Platform.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("os/arch[/variant]");
    }

    @Test
    void acceptsWhatImagesCallTheSame() {
        assertThat(Platform.parse("linux/arm64").accepts(new Platform("linux", "arm64", "v8", "")))
                .isTrue();
        assertThat(new Platform("linux", "arm64", "v8", "").accepts(Platform.of("linux", "arm64")))
                .isTrue();
        assertThat(Platform.parse("linux/arm").accepts(Platform.of("linux", "arm")))
                .isTrue();
        assertThat(Platform.parse("linux/amd64").accepts(Platform.of("linux", "x86_64")))
                .isTrue();
    }

    @Test
    void acceptsNoOther() {
        Platform wish = Platform.parse("linux/amd64");
        assertThat(wish.accepts(Platform.of("linux", "arm64"))).isFalse();
        assertThat(wish.accepts(Platform.of("windows", "amd64"))).isFalse();
        assertThat(wish.accepts(new Platform("linux", "amd64", "v3", ""))).isFalse();
        assertThat(wish.accepts(Platform.of("unknown", "unknown"))).isFalse();
        assertThat(Platform.parse("linux/arm/v6").accepts(Platform.parse("linux/arm/v7")))
                .isFalse();
    }

    @Test
    void ofThisMachineIsLinux() {
        assertThat(Platform.host().os()).isEqualTo("linux");
        assertThat(Platform.host().architecture()).isNotEmpty();
    }
}
