package dev.slipway.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
    @Test
    void theStateDirectoryIsTheFirstThatIsSet() {
        assertThat(with(Map.of("SLIPWAY_HOME", "state", "XDG_CACHE_HOME", "/c", "HOME", "/h"))
                        .stateDirectory())
                .isEqualTo(Path.of("/work/state"));
        assertThat(with(Map.of("SLIPWAY_HOME", "", "XDG_CACHE_HOME", "/c", "HOME", "/h"))
                        .stateDirectory())
                .isEqualTo(Path.of("/c/slipway"));
        assertThat(with(Map.of("HOME", "/h")).stateDirectory()).isEqualTo(Path.of("/h/.cache/slipway"));
    }

    @Test
    void theSourceDateEpochIsSecondsOrRefused() {
        assertThat(with(Map.of()).sourceDateEpoch()).isEmpty();
        assertThat(with(Map.of("SOURCE_DATE_EPOCH", "60")).sourceDateEpoch()).contains(Instant.ofEpochSecond(60));
        assertThatThrownBy(() -> with(Map.of("SOURCE_DATE_EPOCH", "today")).sourceDateEpoch())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("SOURCE_DATE_EPOCH is not a number of seconds: it is 'today'");
    }

    private static Surroundings with(Map<String, String> environment) {
        PrintStream none = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new Surroundings(environment, Path.of("/work"), none, none, InstantSource.system());
    }
}
