package dev.slipway.image.compress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.slipway.image.model.MediaFamily;
import dev.slipway.image.model.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 1952 and RFC 8878, magic numbers; image-spec 1.1, layer media types. */
class CompressionTest {
    @ParameterizedTest
    @CsvSource({
        "1f8b,         GZIP",
        "1f8b0800,     GZIP",
        "1f8c,         NONE",
        "28b52ffd,     ZSTD",
        "28b52f,       NONE",
        "502a4d18,     ZSTD",
        "5f2a4d18,     ZSTD",
        "602a4d18,     NONE",
        "'',           NONE",
        "00000000,     NONE",
        "2f6574632f,   NONE"
    })
    void isToldByTheFirstBytes(String hex, Compression expected) {
        assertThat(Compression.detect(HexFormat.of().parseHex(hex))).isEqualTo(expected);
    }

    @Test
    void mediaTypesAreThoseOfTheFamily() {
        assertThat(Compression.GZIP.mediaType(MediaFamily.OCI)).isEqualTo(MediaType.OCI_LAYER_GZIP);
        assertThat(Compression.GZIP.mediaType(MediaFamily.DOCKER)).isEqualTo(MediaType.DOCKER_LAYER_GZIP);
        assertThat(Compression.ZSTD.mediaType(MediaFamily.OCI)).isEqualTo(MediaType.OCI_LAYER_ZSTD);
        assertThat(Compression.NONE.mediaType(MediaFamily.OCI)).isEqualTo(MediaType.OCI_LAYER);
    }

    @ParameterizedTest
    @CsvSource({"GZIP, 0", "GZIP, 10", "ZSTD, 0", "ZSTD, 20", "NONE, 1"})
    void levelsHaveLimits(Compression compression, int level) {
        assertThatThrownBy(() -> new LayerFormat(compression, level, MediaFamily.OCI))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("level");
    }

    @Test
    void plainBytesStayAsTheyAre() throws IOException {
        for (String text : new String[] {"", "a", "abc", "abcd", "abcdefghij"}) {
            assertThat(plain(new ByteArrayInputStream(text.getBytes(UTF_8)))).isEqualTo(text);
        }
    }

    @Test
    void membersThatFollowOneAnotherAreOneStream() throws IOException {
        assertThat(plain(new ByteArrayInputStream(twoMembers()))).isEqualTo("first second");
    }

    /** A stream from a network has nothing available between two packets; old JDKs ended after the first member. */
    @Test
    void membersAreOneStreamWhereNothingIsAvailableBetweenThem() throws IOException {
        assertThat(plain(new Dripping(twoMembers()))).isEqualTo("first second");
    }

    @Test
    void framesThatFollowOneAnotherAreOneStream() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(HexFormat.of().parseHex("502a4d1802000000abcd")); // a frame to skip: RFC 8878, 3.1.2
        both.write(Zstd.compress("first ".getBytes(UTF_8)));
        both.write(Zstd.compress("second".getBytes(UTF_8)));
        assertThat(plain(new Dripping(both.toByteArray()))).isEqualTo("first second");
    }

    @Test
    void whatIsCutOffIsAnError() throws IOException {
        byte[] gzip = gzip("something that is long enough to be cut");
        byte[] zstd = Zstd.compress("something that is long enough to be cut".getBytes(UTF_8));
        for (byte[] whole : new byte[][] {gzip, zstd}) {
            for (int length = 4; length < whole.length; length++) {
                InputStream cut = new ByteArrayInputStream(whole, 0, length);
                assertThatThrownBy(() -> plain(cut)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void closingClosesTheStreamBelow() throws IOException {
        for (byte[] bytes : new byte[][] {gzip("a"), Zstd.compress(new byte[] {'a'}), {'a'}}) {
            boolean[] closed = {false};
            InputStream below = new ByteArrayInputStream(bytes) {
                @Override
                public void close() {
                    closed[0] = true;
                }
            };
            Compression.decompress(below).close();
            assertThat(closed[0]).isTrue();
        }
    }

    private static byte[] twoMembers() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(gzip("first "));
        both.write(gzip(""));
        both.write(gzip("second"));
        return both.toByteArray();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    private static String plain(InputStream compressed) throws IOException {
        try (InputStream in = Compression.decompress(compressed)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** Gives one byte a time and never says that there is more. */
    private static final class Dripping extends ByteArrayInputStream {
        Dripping(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 1));
        }

        @Override
        public synchronized int available() {
            return 0;
        }
    }
}
