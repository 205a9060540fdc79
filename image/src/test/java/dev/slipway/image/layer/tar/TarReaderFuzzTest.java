package dev.slipway.image.layer.tar;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Whatever the bytes, the reader ends with entries or with a {@link TarException}. */
class TarReaderFuzzTest {
    private static final long ENOUGH = 1 << 20;

    @FuzzTest(maxDuration = "30s")
    void readsOrRefuses(byte[] archive) {
        TarReader reader = new TarReader(new ByteArrayInputStream(archive));
        try {
            for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                readSome(reader.content());
            }
        } catch (TarException e) {
            requireMessage(e);
        } catch (IOException e) {
            throw new AssertionError("the stream is in memory", e);
        }
    }

    /** A sparse file may claim any size. */
    private static void readSome(InputStream content) throws IOException {
        byte[] buffer = new byte[4096];
        long read = 0;
        int got;
        while (read < ENOUGH && (got = content.read(buffer)) >= 0) {
            read += got;
        }
    }

    private static void requireMessage(TarException e) {
        if (String.valueOf(e.getMessage()).isBlank()) {
            throw new AssertionError("an error says what is wrong");
        }
    }
}
