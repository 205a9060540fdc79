package dev.slipway.foundation.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ByteStringTest {
    private static final ByteString LATIN1 = ByteString.of(new byte[] {'a', (byte) 0xe4});

    @Test
    void theOrderIsThatOfUnsignedBytes() {
        assertThat(Stream.of(LATIN1, ByteString.of("b"), ByteString.of("a"), ByteString.of("é"), ByteString.EMPTY)
                        .sorted())
                .containsExactly(ByteString.EMPTY, ByteString.of("a"), LATIN1, ByteString.of("b"), ByteString.of("é"));
    }

    @Test
    void whatIsNoTextIsShownByteByByte() {
        assertThat(LATIN1).hasToString("a\\xe4");
        assertThat(ByteString.of("é")).hasToString("é");
        assertThat(ByteString.of("a\nb")).hasToString("a\\x0ab");
        assertThat(LATIN1.utf8()).isEmpty();
    }

    @Test
    void itsBytesAreItsOwn() {
        byte[] bytes = {1, 2};
        ByteString string = ByteString.of(bytes);
        bytes[0] = 9;
        string.toBytes()[1] = 9;
        assertThat(string).isEqualTo(ByteString.of(new byte[] {1, 2}));
        assertThat(string.hashCode()).isEqualTo(ByteString.of(new byte[] {1, 2}).hashCode());
    }

    @Test
    void partsAndPlaces() {
        ByteString path = ByteString.of("usr/lib/x");
        assertThat(path.slice(4, 7)).isEqualTo(ByteString.of("lib"));
        assertThat(path.lastIndexOf('/')).isEqualTo(7);
        assertThat(path.indexOf('/', 4)).isEqualTo(7);
        assertThat(path.indexOf('?', 0)).isEqualTo(-1);
        assertThat(path.startsWith(ByteString.of("usr"))).isTrue();
        assertThat(path.endsWith(ByteString.of("/x"))).isTrue();
        assertThat(ByteString.of("x").endsWith(path)).isFalse();
        assertThat(ByteString.of("a").plus(ByteString.of("b"))).isEqualTo(ByteString.of("ab"));
    }
}
