package dev.slipway.image.compress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaFamily;
import dev.slipway.image.model.MediaType;
import dev.slipway.image.store.FileContentStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers in a store, read back by the JDK and by the command line tools of gzip and zstd. */
class LayerSinkIT {
    @TempDir
    Path home;

    private FileContentStore store;

    @BeforeEach
    void openStore() throws IOException {
        store = FileContentStore.open(home);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, 0",
        "NONE, 70000",
        "GZIP, 0",
        "GZIP, 1",
        "GZIP, 1048576",
        "GZIP, 3500000",
        "ZSTD, 0",
        "ZSTD, 1",
        "ZSTD, 3500000"
    })
    void describesBothTheTarAndTheBlob(Compression compression, int length) throws Exception {
        byte[] tar = bytes(length);
        CompressedLayer layer = layer(tar, LayerFormat.of(compression, MediaFamily.OCI), 1 << 16);
        assertThat(layer.diffId()).isEqualTo(Digest.of(tar));
        assertThat(layer.tarBytes()).isEqualTo(length);
        assertThat(layer.blob().mediaType()).isEqualTo(compression.mediaType(MediaFamily.OCI));
        byte[] blob = Files.readAllBytes(store.path(layer.blob().digest()));
        assertThat(layer.blob().digest()).isEqualTo(Digest.of(blob));
        assertThat(layer.blob().size()).isEqualTo(blob.length);
        try (InputStream in = Compression.decompress(store.open(layer.blob().digest()))) {
            assertThat(in.readAllBytes()).isEqualTo(tar);
        }
        assertThat(readByTool(compression, store.path(layer.blob().digest()))).isEqualTo(tar);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void bytesDoNotDependOnHowTheTarIsCutNorOnFlushes(Compression compression) throws IOException {
        byte[] tar = bytes(2_500_000);
        LayerFormat format = LayerFormat.of(compression, MediaFamily.OCI);
        CompressedLayer whole = layer(tar, format, tar.length);
        assertThat(layer(tar, format, 977)).isEqualTo(whole);
        try (LayerSink sink = LayerSink.open(store, format)) {
            for (int at = 0; at < tar.length; at += 100_000) {
                sink.write(tar, at, 100_000);
                sink.flush();
            }
            assertThat(sink.finish()).isEqualTo(whole);
        }
    }

    @Test
    void theLevelChangesTheBlobButNotTheDiffId() throws IOException {
        byte[] tar = bytes(2_000_000);
        CompressedLayer usual = layer(tar, LayerFormat.of(Compression.GZIP, MediaFamily.DOCKER), 1 << 16);
        CompressedLayer quick = layer(tar, new LayerFormat(Compression.GZIP, 1, MediaFamily.DOCKER), 1 << 16);
        assertThat(quick.diffId()).isEqualTo(usual.diffId());
        assertThat(quick.blob().digest()).isNotEqualTo(usual.blob().digest());
        assertThat(usual.blob().mediaType()).isEqualTo(MediaType.DOCKER_LAYER_GZIP);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void whatIsNotFinishedLeavesNothing(Compression compression) throws IOException {
        try (LayerSink sink = LayerSink.open(store, LayerFormat.of(compression, MediaFamily.OCI))) {
            sink.write(bytes(3_000_000));
        }
        assertThat(store.list()).isEmpty();
        try (Stream<Path> left = Files.list(home.resolve("tmp"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void isFinishedOnce() throws IOException {
        LayerSink sink = LayerSink.open(store, Compression.GZIP);
        sink.write(1);
        sink.finish();
        assertThatThrownBy(sink::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sink.write(1)).isInstanceOf(IOException.class);
        sink.close();
        sink.close();
        assertThat(store.list()).hasSize(1);
    }

    /** A quarter of a GiB through a heap of 32 MiB. */
    @ParameterizedTest
    @EnumSource(Compression.class)
    void memoryDoesNotDependOnTheLayersSize(Compression compression) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeLayer.class.getName(),
                        home.toString(),
                        compression.name()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(store.list()).hasSize(1);
    }

    /** Writes a large layer; the program of the test above. */
    static final class LargeLayer {
        private LargeLayer() {}

        public static void main(String[] args) throws IOException {
            byte[] mebibyte = bytes(1 << 20);
            try (LayerSink sink = LayerSink.open(
                    FileContentStore.open(Path.of(args[0])),
                    LayerFormat.of(Compression.valueOf(args[1]), MediaFamily.OCI))) {
                for (int i = 0; i < 256; i++) {
                    mebibyte[i] ^= (byte) i;
                    sink.write(mebibyte);
                }
                if (sink.finish().tarBytes() != 256L << 20) {
                    throw new IllegalStateException("bytes are missing");
                }
            }
        }
    }

    private CompressedLayer layer(byte[] tar, LayerFormat format, int piece) throws IOException {
        try (LayerSink sink = LayerSink.open(store, format)) {
            for (int at = 0; at < tar.length; at += piece) {
                sink.write(tar, at, Math.min(piece, tar.length - at));
            }
            return sink.finish();
        }
    }

    private static byte[] readByTool(Compression compression, Path blob) throws Exception {
        List<String> command = switch (compression) {
            case NONE -> List.of("cat");
            case GZIP -> List.of("gzip", "-dc");
            case ZSTD -> List.of("zstd", "-dc");
        };
        Process tool = new ProcessBuilder(command).redirectInput(blob.toFile()).start();
        byte[] plain = tool.getInputStream().readAllBytes();
        assertThat(tool.waitFor()).isZero();
        return plain;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        for (int i = 0; i < length; i++) {
            bytes[i] &= 0x1f; // shrinks to about 5/8
        }
        return bytes;
    }
}
