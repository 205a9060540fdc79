package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code slipway push} refuses before anything is sent. */
class PushCommandTest {
    private final Console console =
            new Console(Path.of("/nowhere"), Map.of("SLIPWAY_HOME", "/state", "HOME", "/nobody"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "push layout localhost:5000/a:1|error: layout: there is no such layout",
                "push layout localhost:5000/a:1 localhost:5000/b:1|the names to push to are in different repositories",
                "push layout|Missing required parameter: 'REF'",
                "push layout UPPER:1|UPPER",
            })
    void whatCannotBeIsWrongInput(String line, String message) {
        assertThat(console.run(line.split(" "))).isEqualTo(2);
        assertThat(console.err()).contains(message);
    }
}
