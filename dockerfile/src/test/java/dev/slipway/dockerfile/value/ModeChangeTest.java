package dev.slipway.dockerfile.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: Dockerfile reference, COPY --chmod; POSIX, chmod, extended description, with a umask of 0. */
class ModeChangeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 0644 | 0
            644 | 0777 | 0644
            0755 | 0 | 0755
            7777 | 0 | 7777
            000644 | 0777 | 0644
            +x | 0644 | 0755
            a+x | 0644 | 0755
            u+x | 0644 | 0744
            go-r | 0644 | 0600
            -w | 0666 | 0444
            u=rwX,go=rX | 0600 | 0644
            u=rwX,go=rX | 0700 | 0755
            g=u | 0750 | 0770
            o=g | 0750 | 0755
            u=rw,g=r,o= | 0777 | 0640
            a= | 0777 | 0
            =r | 0777 | 0444
            u+rw-x | 0100 | 0600
            +X | 0644 | 0644
            +X | 0744 | 0755
            u+s | 0755 | 4755
            g+s | 0755 | 2755
            +t | 0755 | 1755
            o+s | 0755 | 0755
            u-s | 4755 | 0755
            u=rx | 4755 | 0555
            ug+rw,o-rwx | 0444 | 0660
            go=u-w | 0750 | 0755
            """)
    void changesFiles(String change, String before, String after) {
        int mode = ModeChange.parse(change).apply(octal(before), false);
        assertThat(Integer.toOctalString(mode)).isEqualTo(Integer.toOctalString(octal(after)));
    }

    @ParameterizedTest
    @CsvSource({"+X, 0644, 0755", "u=rwX, 0600, 0700", "g=rx, 2775, 2755", "u=rwx, 4755, 4755", "g-s, 2755, 0755"})
    void changesDirectories(String change, String before, String after) {
        int mode = ModeChange.parse(change).apply(octal(before), true);
        assertThat(Integer.toOctalString(mode)).isEqualTo(Integer.toOctalString(octal(after)));
    }

    @Test
    void onlyOctalModesAreTheSameForEveryFile() {
        assertThat(ModeChange.parse("0750").absolute()).hasValue(0750);
        assertThat(ModeChange.parse("u=rwx,go=").absolute()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "64a", "8", "10000", "-1", "rwx", "u", "u+q", "u=rw,", ",u=r", "x+r", "u+gr", "u = r", "0x1"
            })
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> ModeChange.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--chmod=" + text);
    }

    private static int octal(String text) {
        return Integer.parseInt(text, 8);
    }
}
