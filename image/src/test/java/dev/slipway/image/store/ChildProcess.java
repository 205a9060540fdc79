package dev.slipway.image.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Programs that work on the same directory as a test, each in a JVM of its own. */
final class ChildProcess {
    private ChildProcess() {}

    static Process start(Class<?> program, Path home) throws IOException {
        return new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        home.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Waits until the program says that it is where the test wants it. */
    static void awaitReady(Process process) throws IOException {
        assertThat(process.getInputStream().read()).isEqualTo('!');
    }

    private static void hang() throws InterruptedException {
        System.out.print('!');
        System.out.flush();
        Thread.sleep(60_000);
    }

    /** Removes what is stale. */
    static final class Cleaner {
        private Cleaner() {}

        public static void main(String[] args) throws IOException {
            FileContentStore.open(Path.of(args[0])).removeStale();
            LayerTrees.open(Path.of(args[0])).removeStale();
        }
    }

    /** Starts a blob and never ends it. */
    static final class HangingWriter {
        private HangingWriter() {}

        public static void main(String[] args) throws Exception {
            try (ContentStore.Writer writer =
                    FileContentStore.open(Path.of(args[0])).write()) {
                writer.out().write(new byte[100_000]);
                hang();
            }
        }
    }

    /** Puts two million zeros. */
    static final class Putter {
        private Putter() {}

        public static void main(String[] args) throws IOException {
            byte[] large = new byte[2_000_000];
            FileContentStore.open(Path.of(args[0]))
                    .put(Descriptor.of(MediaType.OCI_LAYER, large), new ByteArrayInputStream(large));
        }
    }

    /** Starts unpacking a layer and never ends. */
    static final class HangingUnpack {
        private HangingUnpack() {}

        public static void main(String[] args) throws IOException {
            LayerTrees.open(Path.of(args[0])).obtain(Digest.of(new byte[0]), directory -> {
                Files.writeString(directory.resolve("half"), "half");
                try {
                    hang();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            });
        }
    }

    /** Unpacks a layer slowly; fails if somebody else does at the same time. */
    static final class SlowUnpack {
        private SlowUnpack() {}

        public static void main(String[] args) throws IOException {
            Path home = Path.of(args[0]);
            LayerTrees.open(home).obtain(Digest.of(new byte[0]), directory -> slowly(home, directory));
        }
    }

    /** Leaves a line in {@code unpacked} of the home for each time it is run. */
    static void slowly(Path home, Path directory) throws IOException {
        Path running = Files.createFile(home.resolve("running"));
        try {
            Files.writeString(directory.resolve("file"), "content");
            Thread.sleep(300);
            Files.writeString(home.resolve("unpacked"), "once\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            Files.delete(running);
        }
    }
}
