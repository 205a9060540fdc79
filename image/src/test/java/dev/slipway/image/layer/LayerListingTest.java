package dev.slipway.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.FileTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class LayerListingTest {
    private static final Attributes PLAIN = Attributes.ofRoot(0644, FileTime.ofSeconds(1));
    private static final LayerEntry DIRECTORY = new LayerEntry.Directory(ByteString.of("d"), PLAIN);
    private static final LayerEntry GONE = new LayerEntry.Whiteout(ByteString.of("d/x"));
    private static final LayerEntry OPAQUE = new LayerEntry.Opaque(ByteString.of("d"));

    @Test
    void entriesAreSeenInTheirOrderAndCounted() throws IOException {
        List<LayerEntry> seen = new ArrayList<>();
        LayerEntry.RegularFile file = new LayerEntry.RegularFile(ByteString.of("f"), PLAIN, 4);
        LayerSummary summary =
                LayerListing.list(new ByteArrayInputStream(layer(file, DIRECTORY, GONE, OPAQUE)), seen::add);
        assertThat(seen).containsExactly(file, DIRECTORY, GONE, OPAQUE);
        assertThat(summary).isEqualTo(new LayerSummary(4, 1, 2, 4, 0));
    }

    @Test
    void aDeletionIsAnEmptyFileOfTimeZero() throws IOException {
        try (TarArchiveInputStream other = new TarArchiveInputStream(
                new ByteArrayInputStream(layer(new LayerEntry.RegularFile(ByteString.of("f"), PLAIN, 0), GONE)))) {
            other.getNextEntry();
            TarArchiveEntry entry = other.getNextEntry();
            assertThat(entry.getName()).isEqualTo("d/.wh.x");
            assertThat(entry.isFile()).isTrue();
            assertThat(entry.getSize()).isZero();
            assertThat(entry.getLastModifiedTime().toMillis()).isZero();
        }
    }

    @Test
    void whatAufsKeptForItselfIsNothing() throws IOException {
        List<LayerEntry> seen = new ArrayList<>();
        byte[] layer = layer(
                new LayerEntry.RegularFile(ByteString.of("a"), PLAIN, 0),
                new LayerEntry.Directory(ByteString.of(".wh..wh.plnk"), PLAIN),
                new LayerEntry.Directory(ByteString.of("d/.wh..wh.orph"), PLAIN));
        LayerListing.list(new ByteArrayInputStream(layer), seen::add);
        assertThat(seen).hasSize(1);
    }

    @Test
    void theStreamIsReadToItsLastByteSoThatItsDigestIsThatOfTheLayer() throws IOException {
        InputStream in = new ByteArrayInputStream(
                Arrays.copyOf(layer(new LayerEntry.RegularFile(ByteString.of("f"), PLAIN, 0)), 200_000));
        LayerListing.list(in, entry -> {});
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void aBrokenLayerIsTheInputsFault() {
        assertThatThrownBy(() -> LayerListing.list(
                        new ByteArrayInputStream("no archive".getBytes(StandardCharsets.UTF_8)), entry -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the layer is broken");
    }

    static byte[] layer(LayerEntry first, LayerEntry... others) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LayerTarWriter writer = new LayerTarWriter(out);
        List<LayerEntry> all = new ArrayList<>(List.of(others));
        all.addFirst(first);
        for (LayerEntry entry : all) {
            if (entry instanceof LayerEntry.RegularFile file) {
                writer.write(file, new ByteArrayInputStream(new byte[(int) file.size()]));
            } else {
                writer.write(entry);
            }
        }
        writer.finish();
        return out.toByteArray();
    }
}
