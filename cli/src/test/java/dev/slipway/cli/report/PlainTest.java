package dev.slipway.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTest {
    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "999,999 B",
        "1000,1.0 kB",
        "999949,999.9 kB",
        "999950,1.0 MB",
        "1234567,1.2 MB",
        "5000000000,5.0 GB",
        "9223372036854775807,9223372.0 TB"
    })
    void sizesArePowersOfAThousand(long bytes, String text) {
        assertThat(Plain.size(bytes)).isEqualTo(text);
    }

    @Test
    void durationsAreSecondsOrMinutes() {
        assertThat(Plain.duration(Duration.ofMillis(449))).isEqualTo("0.4 s");
        assertThat(Plain.duration(Duration.ofSeconds(59))).isEqualTo("59.0 s");
        assertThat(Plain.duration(Duration.ofSeconds(3661))).isEqualTo("61 min 01 s");
    }

    @Test
    void terminalSequencesDoNotReachTheReader() {
        assertThat(Plain.text("\u001b[1;31mred\u001b[0m plain")).isEqualTo("red plain");
        assertThat(Plain.text("\u001b]0;title\u0007text\u001b]8;;http://x\u001b\\link"))
                .isEqualTo("textlink");
        assertThat(Plain.text("bell\u0007, null\0, c1\u009b2J, tab\t.")).isEqualTo("bell, null, c12J, tab\t.");
        assertThat(Plain.text("10%\r50%\r100%\r\n")).isEqualTo("100%");
        assertThat(Plain.text("\u001b")).isEmpty();
    }
}
