package dev.slipway.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.Processes;
import dev.slipway.foundation.linux.Xattrs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerExportIT {
    /** cap_setuid and cap_setgid, as newuidmap has them: bytes that are no text. */
    private static final byte[] CAPABILITY = HexFormat.of().parseHex("01000002c0000000000000000000000000000000");

    @TempDir
    Path directory;

    private Path upper = Path.of("");

    @BeforeEach
    void makeUpper() throws IOException {
        assertThat(Processes.effectiveUser()).as("these tests need root").isZero();
        upper = Files.createDirectory(directory.resolve("upper"));
    }

    @Test
    void fileCapabilitiesGoThroughByteForByte() throws IOException {
        Files.writeString(upper.resolve("newuidmap"), "x");
        Xattrs.set(Fd.CWD, ByteString.of(upper.resolve("newuidmap")), ByteString.of("security.capability"), CAPABILITY);
        List<LayerEntry> entries = new ArrayList<>();
        LayerListing.list(new ByteArrayInputStream(export()), entries::add);
        assertThat(entries)
                .singleElement()
                .isInstanceOfSatisfying(
                        LayerEntry.RegularFile.class,
                        file -> assertThat(file.attributes().xattrs())
                                .containsEntry(ByteString.of("security.capability"), ByteString.of(CAPABILITY)));
    }

    @Test
    void theSameTreeGivesTheSameBytesWhateverTheOrderItWasMadeIn() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        FileTime time = FileTime.ofSeconds(5);
        for (Path tree : List.of(upper, other)) {
            List<String> names = new ArrayList<>(List.of("a", "b", "c", "d"));
            if (tree.equals(other)) {
                names = names.reversed();
            }
            for (String name : names) {
                Files.writeString(tree.resolve(name), name);
                Nodes.changeTimes(Fd.CWD, ByteString.of(tree.resolve(name)), time, time);
            }
        }
        ByteArrayOutputStream otherLayer = new ByteArrayOutputStream();
        LayerExport.write(other, List.of(), otherLayer);
        assertThat(export()).isEqualTo(otherLayer.toByteArray());
    }

    @Test
    void socketsAreCountedAndLeftOut() throws IOException {
        Nodes.makeNode(Fd.CWD, ByteString.of(upper.resolve("socket")), FileType.SOCKET, 0600, Device.NONE);
        LayerSummary summary = LayerExport.write(upper, List.of(), new ByteArrayOutputStream());
        assertThat(summary).isEqualTo(new LayerSummary(0, 0, 0, 0, 1));
        assertThat(summary.isEmpty()).isTrue();
    }

    @Test
    void aFileThatGrowsShrinksOrChangesWhileItIsReadIsNamed() throws IOException {
        byte[] content = new byte[1 << 20];
        Path file = upper.resolve("log");
        for (Change change : List.<Change>of(
                () -> Files.write(file, new byte[1], StandardOpenOption.APPEND),
                () -> Files.write(file, new byte[10]),
                () -> Files.write(file, content))) {
            Files.write(file, content);
            FileTime old = FileTime.ofSeconds(1);
            Nodes.changeTimes(Fd.CWD, ByteString.of(file), old, old);
            assertThatThrownBy(() -> LayerExport.write(upper, List.of(), new Interfering(change)))
                    .isInstanceOf(BuildFailedException.class)
                    .hasMessageStartingWith("/log: changed while it was read");
        }
    }

    @Test
    void aMissingDirectoryIsTheMachinesFault() {
        assertThatThrownBy(() ->
                        LayerExport.write(directory.resolve("absent"), List.of(), OutputStream.nullOutputStream()))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("absent");
    }

    @Test
    void anEmptyDifferenceIsAnEmptyArchive() throws IOException {
        assertThat(export()).isEqualTo(new byte[1024]);
    }

    private byte[] export() throws IOException {
        ByteArrayOutputStream layer = new ByteArrayOutputStream();
        LayerExport.write(upper, List.of(), layer);
        return layer.toByteArray();
    }

    private interface Change {
        void make() throws IOException;
    }

    /** Changes something when the first content arrives. */
    private static final class Interfering extends OutputStream {
        private final Change change;
        private long written;

        Interfering(Change change) {
            this.change = change;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            boolean first = written <= 512 && written + length > 512;
            written += length;
            if (first) {
                change.make();
            }
        }
    }
}
