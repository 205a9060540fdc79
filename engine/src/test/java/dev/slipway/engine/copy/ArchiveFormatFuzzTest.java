package dev.slipway.engine.copy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipway.image.layer.tar.TarEntry;
import dev.slipway.image.layer.tar.TarReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whatever ADD is given, it is decompressed and read as far as it goes, or refused with an IOException. */
class ArchiveFormatFuzzTest {
    private static final int FAR_ENOUGH = 1 << 20;

    @FuzzTest(maxDuration = "60s")
    void readsOrRefuses(byte @Nullable [] data) {
        if (data == null) {
            return;
        }
        try (InputStream plain = ArchiveFormat.plain(new ByteArrayInputStream(data))) {
            TarReader reader = new TarReader(plain);
            int seen = 0;
            Optional<TarEntry> entry = reader.next();
            while (entry.isPresent() && seen < FAR_ENOUGH) {
                seen += 1 + reader.content().readNBytes(FAR_ENOUGH).length;
                entry = reader.next();
            }
        } catch (IOException refused) {
            assertThat(refused).isNotNull();
        }
    }
}
