package dev.slipway.dockerfile.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports, signals, durations, sizes, CSV and spelling. Reference: Dockerfile reference, EXPOSE, STOPSIGNAL, HEALTHCHECK. */
class SmallValuesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            80               | 80/tcp
            0                | 0/tcp
            65535            | 65535/tcp
            080              | 80/tcp
            80/udp           | 80/udp
            80/              | 80/tcp
            80/TCP           | 80/tcp
            80/Sctp          | 80/sctp
            80-82            | 80/tcp 81/tcp 82/tcp
            80-80/udp        | 80/udp
            8080:80          | 80/tcp
            127.0.0.1:8080:80 | 80/tcp
            127.0.0.1::80    | 80/tcp
            [::1]:8080:80/udp | 80/udp
            8080-8081:80-81  | 80/tcp 81/tcp
            """)
    void readsPorts(String word, String ports) {
        assertThat(ExposedPorts.parse(word)).isEqualTo(Arrays.asList(ports.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "80/http",
                "65536",
                "-1",
                "80-",
                "82-80",
                "80-70000",
                "80 81",
                "localhost:8080:80",
                "8080-8082:80-81",
                "99999:80",
                "1e3",
                "80/tcp/udp",
                "٨٠"
            })
    void refusesOtherPorts(String word) {
        assertThatThrownBy(() -> ExposedPorts.parse(word))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("EXPOSE " + word);
    }

    /** signal(7), x86_64. */
    @ParameterizedTest
    @CsvSource({
        "9, 9",
        "SIGKILL, 9",
        "KILL, 9",
        "sigterm, 15",
        "Quit, 3",
        "SIGUSR1, 10",
        "WINCH, 28",
        "SIGSYS, 31",
        "RTMIN, 34",
        "SIGRTMIN+3, 37",
        "RTMAX-1, 63",
        "SIGRTMAX, 64",
        "IOT, 6",
        "POLL, 29",
        "64, 64",
        "999, 999"
    })
    void readsSignals(String text, int number) {
        assertThat(Signals.number(text)).isEqualTo(number);
    }

    /** Go, time.ParseDuration. */
    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "+0, PT0S",
        "5s, PT5S",
        "1m30s, PT1M30S",
        "1.5h, PT1H30M",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "300ms, PT0.3S",
        "2us, PT0.000002S",
        "2µs, PT0.000002S",
        "2μs, PT0.000002S",
        "1ns, PT0.000000001S",
        "1s1s, PT2S",
        "-1s, PT-1S"
    })
    void readsDurations(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "+", "s", "5", "1x", "1 s", ".s", "1s ", "1d", "--1s", "9999999999h", "1..5s", "٣s"})
    void refusesOtherDurations(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text)).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "1b, 1",
        "1k, 1024",
        "1KB, 1024",
        "1KiB, 1024",
        "128m, 134217728",
        "1.5g, 1610612736",
        "1 T, 1099511627776",
        "2p, 2251799813685248"
    })
    void readsSizes(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "-1", "1x", "1..5k", "999999999999999p", "1  k"})
    void refusesOtherSizes(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(InvalidInputException.class);
    }

    /** RFC 4180, section 2; the fields themselves are in the conformance tables. */
    @Test
    void csvKnowsWhereItsFieldsBegin() {
        assertThat(CsvRecord.parse("a=1,\"b,\"\"c\",d"))
                .extracting(CsvRecord.Field::start)
                .containsExactly(0, 4, 12);
    }

    /** Go, strconv.ParseBool. */
    @Test
    void readsTruthValues() {
        assertThat(List.of("1", "t", "T", "true", "TRUE", "True"))
                .allMatch(text -> GoBoolean.parse(text).orElse(false));
        assertThat(List.of("0", "f", "F", "false", "FALSE", "False"))
                .noneMatch(text -> GoBoolean.parse(text).orElse(true));
        assertThat(List.of("", "yes", "tRUE", "2"))
                .allMatch(text -> GoBoolean.parse(text).isEmpty());
    }

    @Test
    void suggestsOnlyWhatIsSure() {
        List<String> words = List.of("FROM", "RUN", "COPY", "ENTRYPOINT", "target", "source");
        assertThat(Spelling.nearest("FRMO", words)).hasValue("FROM");
        assertThat(Spelling.nearest("entrypont", words)).hasValue("ENTRYPOINT");
        assertThat(Spelling.nearest("targte", words)).hasValue("target");
        assertThat(Spelling.nearest("banana", words)).isEmpty();
        assertThat(Spelling.nearest("", words)).isEmpty();
        assertThat(Spelling.nearest("ab", List.of("aab", "abb"))).isEmpty();
    }
}
