package dev.slipway.engine.copy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.v3.bzip2.BZip2HadoopStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZOutputStream;

/** Streams that are told by their first bytes. */
class ArchiveFormatTest {
    private static final byte[] TEXT =
            "some text, some text, some text\n".repeat(5000).getBytes(UTF_8);

    @Test
    void bzip2StreamsAreReadToTheEndOneAfterTheOther() throws IOException {
        byte[] one = bzip2(TEXT);
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(one);
        two.write(one);
        assertThat(plain(one)).isEqualTo(TEXT);
        assertThat(plain(two.toByteArray())).hasSize(2 * TEXT.length);
    }

    @Test
    void xzStreamsAreReadToTheEndOneAfterTheOther() throws IOException {
        byte[] one = xz(TEXT);
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(one);
        two.write(one);
        assertThat(plain(one)).isEqualTo(TEXT);
        assertThat(plain(two.toByteArray())).hasSize(2 * TEXT.length);
    }

    @Test
    void theDictionaryOfTheHighestPresetIsReadAndALargerOneIsNot() throws IOException {
        assertThat(plain(withDictionary(xz(TEXT), 28))).isEqualTo(TEXT);
        byte[] larger = withDictionary(xz(TEXT), 29);
        assertThatThrownBy(() -> plain(larger)).isInstanceOf(MemoryLimitException.class);
    }

    /**
     * Says another size in the first block's header.
     *
     * @param code 28 is 64 MiB, 29 is 96 MiB
     * @see <a href="https://tukaani.org/xz/xz-file-format.txt">The .xz file format, 3.1 and 5.3.1</a>
     */
    private static byte[] withDictionary(byte[] stream, int code) {
        assertThat(stream[14]).as("id of the LZMA2 filter").isEqualTo((byte) 0x21);
        byte[] changed = stream.clone();
        changed[16] = (byte) code;
        CRC32 check = new CRC32();
        check.update(changed, 12, 8);
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(20, (int) check.getValue());
        return changed;
    }

    @Test
    void shortFilesAreTheirOwnContent() throws IOException {
        for (String text : new String[] {"", "B", "BZ", "\u00fd7", "plain"}) {
            byte[] bytes = text.getBytes(ISO_8859_1);
            assertThat(plain(bytes)).isEqualTo(bytes);
        }
    }

    /** A decoder may give anything for broken bytes, but it ends, and with nothing else than an IOException. */
    @Test
    void brokenStreamsEndOrAreRefused() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[][] whole = {bzip2(TEXT), xz(TEXT)};
        for (int i = 0; i < 300 * Integer.getInteger("slipway.cases", 1); i++) {
            byte[] broken = whole[i % whole.length].clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                plain(broken);
            } catch (IOException expected) {
                assertThat(expected).as("seed %d", seed).isNotNull();
            }
        }
    }

    private static byte[] plain(byte[] compressed) throws IOException {
        try (InputStream plain = ArchiveFormat.plain(new ByteArrayInputStream(compressed))) {
            return plain.readAllBytes();
        }
    }

    private static byte[] bzip2(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new BZip2HadoopStreams().createOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] xz(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new XZOutputStream(bytes, new LZMA2Options(0))) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
