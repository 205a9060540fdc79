package dev.slipway.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.image.compress.Compression;
import dev.slipway.image.compress.LayerSink;
import dev.slipway.image.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on a file system of 1 MiB, which a process of its own mounts for itself. */
class FullDiskIT {
    @TempDir
    Path directory;

    @Test
    void fullDiskIsSaidToBeFullAndLeavesRoomForOthers() throws Exception {
        List<String> java = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                directory.toString());
        List<String> command = Stream.concat(
                        Stream.of(
                                "unshare",
                                "--mount",
                                "sh",
                                "-c",
                                "mount -t tmpfs -o size=1m none \"$0\" || exit 77; exec \"$@\"",
                                directory.toString()),
                        java.stream())
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        int status = process.waitFor();
        assumeTrue(status != 77 && !output.contains("unshare failed"), "may not mount: " + output);
        assertThat(status).as(output).isZero();
    }

    /** Fills the disk by a blob, by a layer and by a tree. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws IOException {
            Path home = Path.of(args[0]);
            FileContentStore store = FileContentStore.open(home);
            byte[] noise = new byte[64 * 1024];
            for (Compression compression : Compression.values()) {
                mustFail(() -> {
                    try (LayerSink sink = LayerSink.open(store, compression)) {
                        for (int i = 0; i < 100; i++) {
                            RandomGenerator.getDefault().nextBytes(noise); // does not shrink
                            sink.write(noise);
                        }
                        sink.finish();
                    }
                });
            }
            mustFail(() -> LayerTrees.open(home)
                    .obtain(Digest.of(noise), tree -> Files.write(tree.resolve("file"), new byte[2 << 20])));
            if (!store.list().isEmpty() || home.toFile().getUsableSpace() < 900_000) {
                throw new IllegalStateException("something is left");
            }
        }

        private interface Filling {
            void run() throws IOException;
        }

        private static void mustFail(Filling filling) throws IOException {
            try {
                filling.run();
            } catch (MachineException e) {
                if (String.valueOf(e.getMessage()).contains("no space left")) {
                    return;
                }
                throw e;
            }
            throw new IllegalStateException("the disk should be full");
        }
    }
}
