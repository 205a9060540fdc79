package dev.slipway.localecr.origin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference: RFC 9110, section 14.1.2, for a file of 10 bytes. */
class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "'', 0, 10",
        "bytes=0-9, 0, 10",
        "bytes=0-, 0, 10",
        "bytes=3-5, 3, 3",
        "bytes=3-99, 3, 7",
        "bytes=-4, 6, 4",
        "bytes=-99, 0, 10",
        "bytes=9-, 9, 1",
        "'bytes=0-1,3-4', 0, 10",
        "bytes=-, 0, 10",
        "lines=1-2, 0, 10",
    })
    void names(String header, long first, long length) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange(first, length, 10));
    }

    @ParameterizedTest
    @CsvSource({"bytes=10-", "bytes=5-4", "bytes=-0"})
    void liesOutsideOfTheFile(String header) {
        assertThat(ByteRange.of(header, 10).isUnsatisfiable()).isTrue();
    }
}
