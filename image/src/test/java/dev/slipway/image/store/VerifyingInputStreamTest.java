package dev.slipway.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class VerifyingInputStreamTest {
    private static final byte[] CONTENT = "content".getBytes(UTF_8);
    private static final Descriptor EXPECTED = Descriptor.of(MediaType.OCI_LAYER, CONTENT);

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Test
    void passesOnWhatIsRight() throws IOException {
        VerifyingInputStream in = new VerifyingInputStream(in("content"), EXPECTED);
        assertThat(in.readAllBytes()).isEqualTo(CONTENT);
        assertThat(in.bytes()).isEqualTo(7);
        in.verify();
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void countsSingleBytesAndSkippedOnes() throws IOException {
        VerifyingInputStream in = new VerifyingInputStream(in("content"), EXPECTED.digest());
        assertThat(in.read()).isEqualTo('c');
        assertThat(in.skip(3)).isEqualTo(3);
        assertThat(in.skip(-1)).isZero();
        in.verify();
        assertThat(in.bytes()).isEqualTo(7);
    }

    @Test
    void failsAtTheEndOfWhatIsNot() {
        VerifyingInputStream in = new VerifyingInputStream(in("CONTENT"), EXPECTED);
        assertThatThrownBy(in::readAllBytes)
                .isInstanceOf(IOException.class)
                .hasMessage("the content should be " + EXPECTED.digest() + " of 7 bytes but is "
                        + Digest.of("CONTENT".getBytes(UTF_8)) + " of 7 bytes");
    }

    @Test
    void failsWhereItIsCutOff() {
        VerifyingInputStream in = new VerifyingInputStream(in("cont"), EXPECTED);
        assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasMessageEndingWith(" of 4 bytes");
    }

    @Test
    void failsAsSoonAsItIsLonger() {
        VerifyingInputStream in = new VerifyingInputStream(in("content and more"), EXPECTED);
        assertThatThrownBy(() -> in.readNBytes(8))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("but is longer");
    }

    @Test
    void verifyingReadsTheRest() {
        VerifyingInputStream in = new VerifyingInputStream(in("other"), EXPECTED.digest());
        assertThatThrownBy(in::verify)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the content should be " + EXPECTED.digest() + " but is");
    }
}
