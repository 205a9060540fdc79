package dev.slipway.dockerfile.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Reference: Dockerfile reference, check. */
class CheckSettingsTest {
    @Test
    void readsItsParts() {
        CheckSettings settings =
                CheckSettings.parse("skip=StageNameCasing, JSONArgsRecommended;error=true;experimental=All");
        assertThat(settings.skips("stagenamecasing")).isTrue();
        assertThat(settings.skips("JSONArgsRecommended")).isTrue();
        assertThat(settings.skips("UndefinedVar")).isFalse();
        assertThat(settings.failing()).isTrue();
        assertThat(settings.experimental()).containsExactly("all");
        assertThat(CheckSettings.parse("skip=all").skips("anything")).isTrue();
        assertThat(CheckSettings.parse("error=false").failing()).isFalse();
    }
}
