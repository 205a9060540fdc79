package dev.slipway.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputLinesTest {
    @Test
    void everyLineComesWithoutItsEnd() throws InterruptedException {
        assertThat(lines("a\n\nb\r\nc")).containsExactly("a", "", "b", "c");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void ofALineThatIsOverwrittenTheLastStateIsShown() throws InterruptedException {
        assertThat(lines("10%\r50%\r100%\n10%\r20%\r\n")).containsExactly("100%", "20%");
    }

    @Test
    void aLineWithoutEndIsCut() throws InterruptedException {
        assertThat(lines("x".repeat(20_000))).extracting(String::length).containsExactly(8192, 8192, 3616);
    }

    @Test
    void bytesThatAreNoTextAreShownAsSuch() throws InterruptedException {
        List<String> lines = new ArrayList<>();
        OutputLines.follow(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff, '\n'}), lines::add)
                .join();
        assertThat(lines).containsExactly("a\ufffd");
    }

    @Test
    void allIsReadThoughTheSinkFails() {
        ByteArrayInputStream stream = new ByteArrayInputStream("a\nb\n".getBytes(StandardCharsets.UTF_8));
        OutputLines lines = OutputLines.follow(stream, line -> {
            throw new IllegalStateException(line);
        });

        assertThatThrownBy(lines::join)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a");
        assertThat(stream.available()).isZero();
    }

    private static List<String> lines(String text) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        OutputLines.follow(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), lines::add)
                .join();
        return lines;
    }
}
