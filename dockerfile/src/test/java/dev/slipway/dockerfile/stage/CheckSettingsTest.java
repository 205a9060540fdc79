package dev.slipway.dockerfile.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"", "skip", "error=x", "nosuch=1", "skip=a;error=true;experimental=b;", "Skip=a"})
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> CheckSettings.parse(text)).isInstanceOf(InvalidInputException.class);
    }
}
