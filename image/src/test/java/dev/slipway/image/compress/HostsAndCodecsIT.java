package dev.slipway.image.compress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.image.model.MediaFamily;
import dev.slipway.image.store.FileContentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host has, or does not allow, never changes a byte of a blob. Each host is a process of its own; needs root. */
class HostsAndCodecsIT {
    /** {@code $0} is a directory that nothing can be loaded from. */
    private static final String NO_EXECUTION = "mount -t tmpfs -o noexec none \"$0\" && ";
    /** Files in memory cannot be loaded in this process namespace (Linux 6.3). */
    private static final String NO_MEMORY_FILES = "echo 2 > /proc/sys/vm/memfd_noexec && ";
    /** Stands for a host without ISA-L. */
    private static final String NO_ISAL =
            "for lib in /usr/lib/*/libisal.so.*; do [ ! -f \"$lib\" ] || mount --bind /dev/null \"$lib\"; done && ";

    @TempDir
    private static Path stores;

    @TempDir
    private static Path temp;

    private static String usual = "";

    @BeforeAll
    static void compressHere() throws Exception {
        usual = on("", 2, temp);
        assertThat(usual).contains("GZIP sha256:").contains("ZSTD sha256:");
    }

    @Test
    void aTemporaryDirectoryWithoutExecutionChangesNothing() throws Exception {
        assertThat(on(NO_EXECUTION, 2, temp)).isEqualTo(usual);
    }

    @Test
    void noTemporaryDirectoryChangesNothing() throws Exception {
        assertThat(on("", 2, temp.resolve("none"))).isEqualTo(usual);
    }

    @Test
    void noFilesInMemoryChangeNothing() throws Exception {
        assertThat(on(NO_MEMORY_FILES, 2, temp)).isEqualTo(usual);
    }

    @Test
    void noIsaLChangesNothing() throws Exception {
        assertThat(on(NO_ISAL, 2, temp)).isEqualTo(usual);
    }

    @Test
    void theNumberOfProcessorsChangesNothing() throws Exception {
        assertThat(on("", 1, temp)).isEqualTo(usual);
        assertThat(on("", 8, temp)).isEqualTo(usual);
    }

    @Test
    void whereNothingCanBeLoadedNothingIsWritten() throws Exception {
        assertThat(on(NO_MEMORY_FILES + NO_EXECUTION, 2, temp))
                .contains("GZIP: cannot load libdeflate, which writes layers: ")
                .contains("ZSTD: cannot load zstd, which writes layers: ")
                .contains("java.io.tmpdir")
                .doesNotContain("sha256:");
    }

    private static String on(String preparation, int processors, Path temporaryDirectory) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "unshare", "--mount", "--pid", "--fork", "--mount-proc", "sh", "-ec", preparation + "exec \"$@\""));
        command.add(temporaryDirectory.toString());
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx96m",
                "-XX:ActiveProcessorCount=" + processors,
                "-Djava.io.tmpdir=" + temporaryDirectory,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                Files.createTempDirectory(stores, "store").toString()));
        Path errors = Files.createTempFile("host", ".err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        Files.delete(errors);
        return output;
    }

    /** Compresses the same layer in each way and prints the digests, or why not. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws IOException {
            FileContentStore store = FileContentStore.open(Path.of(args[0]));
            for (Compression compression : List.of(Compression.GZIP, Compression.ZSTD)) {
                try (LayerSink sink = LayerSink.open(store, LayerFormat.of(compression, MediaFamily.OCI))) {
                    for (int i = 0; i < 300_000; i++) {
                        sink.write(("line " + i * 31 % 1009 + "\n").getBytes(UTF_8));
                    }
                    System.out.println(compression + " " + sink.finish().blob().digest());
                } catch (MachineException e) {
                    System.out.println(compression + ": " + e.getMessage());
                }
            }
        }
    }
}
