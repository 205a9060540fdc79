package dev.slipway.engine.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.BuildReport;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.context.BuildContext;
import dev.slipway.engine.context.DockerfilePlace;
import dev.slipway.engine.context.RemoteAccess;
import dev.slipway.engine.request.SourceSettings;
import dev.slipway.foundation.error.ExitStatus;
import dev.slipway.foundation.error.SlipwayException;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.http.HttpSettings;
import dev.slipway.foundation.http.JdkHttpTransport;
import dev.slipway.foundation.http.ProxySettings;
import dev.slipway.foundation.retry.Retry;
import dev.slipway.foundation.retry.RetryPolicy;
import dev.slipway.image.model.Digest;
import dev.slipway.image.store.FileContentStore;
import dev.slipway.image.transfer.ImageSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store on a disk of 64 MiB that fills up: the build ends with status 5, names path, need and free bytes, and leaves a
 * store that the next build can use.
 */
class FullStoreIT {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
    private static final int MEBIBYTE = 1 << 20;
    private static final int DISK = 64;
    private static final int ENOUGH = 512;
    private static final String BASE = """
            FROM scratch
            COPY busybox /bin/busybox
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            """;
    private static final String NOTHING_TO_DO = "FROM scratch\nCOPY small /\n";

    @TempDir
    Path temp;

    private SmallDisk disk;
    private Path context;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final JdkHttpTransport transport = new JdkHttpTransport(HttpSettings.forVersion("test"));

    @BeforeEach
    void start() throws IOException {
        disk = SmallDisk.mount(temp.resolve("disk"), DISK);
        context = Files.createDirectory(temp.resolve("context"));
        Files.copy(Path.of("/bin/busybox"), context.resolve("busybox"));
        Files.writeString(context.resolve("small"), "small");
    }

    @AfterEach
    void stop() {
        transport.close();
        disk.close();
    }

    /** The layers fit, by the look of the manifest; another program fills the disk while they come. */
    @Test
    void whileALayerIsPulled() throws Exception {
        BuiltImage base = image(20, () -> disk.fillUpTo(10));

        SlipwayException full = fails(base.source(), "FROM base\nCOPY small /small\n");

        assertThat(needed(full)).isGreaterThanOrEqualTo(20 * MEBIBYTE);
        storeIsUsable();
        disk.empty();
        BuiltImage undisturbed = image(5, () -> {});
        build(undisturbed.source(), "FROM base\nCOPY small /small\n");
    }

    /** Two layers of 40 MiB each cannot be fetched, and nothing is. */
    @Test
    void whereTheManifestSaysThatTheLayersDoNotFitNothingIsPulled() throws Exception {
        noise(40, "one");
        noise(40, "two");
        BuiltImage base = builtElsewhere("FROM scratch\nCOPY one /\nCOPY two /\n", () -> {});

        SlipwayException full = fails(base.source(), "FROM base\nCOPY small /small\n");

        assertThat(full).hasMessageContaining("the base images do not fit on the disk");
        assertThat(needed(full)).isGreaterThanOrEqualTo(80 * MEBIBYTE);
        assertThat(base.opened()).isZero();
        storeIsUsable();
        disk.resize(ENOUGH);
        build(base.source(), "FROM base\nCOPY small /small\n");
        assertThat(base.opened()).isEqualTo(2);
    }

    /** The compressed layer fits, the files do not. */
    @Test
    void whileALayerIsUnpacked() throws Exception {
        BuiltImage base = image(40, () -> {});

        SlipwayException full = fails(base.source(), "FROM base\nCOPY small /small\n");

        assertThat(full).hasMessageContaining("trees/sha256");
        assertThat(events)
                .anyMatch(event -> event instanceof Event.Warning warning
                        && warning.problem().what().contains("may not fit"));
        storeIsUsable();
        disk.resize(ENOUGH);
        build(base.source(), "FROM base\nCOPY small /small\n");
        assertThat(base.opened()).as("what was pulled is not pulled again").isEqualTo(1);
    }

    @Test
    void whileACommandRuns() throws Exception {
        String dockerfile = BASE + "RUN dd if=/dev/zero of=/big bs=1M count=80\n";

        SlipwayException full = fails(noImages(), dockerfile);

        assertThat(full)
                .hasMessageContaining("Dockerfile:4")
                .hasMessageContaining("dd if=/dev/zero of=/big bs=1M count=80")
                .hasMessageContaining("No space left on device");
        storeIsUsable();
        disk.resize(ENOUGH);
        build(noImages(), dockerfile);
    }

    /** The files fit, but not their layer in addition, which does not shrink. */
    @Test
    void whileALayerIsCompressed() throws Exception {
        String dockerfile = BASE + "RUN dd if=/dev/urandom of=/big bs=1M count=40\n";

        SlipwayException full = fails(noImages(), dockerfile);

        assertThat(full).hasMessageContaining("/tmp/");
        assertThat(needed(full)).isGreaterThan(20 * MEBIBYTE);
        storeIsUsable();
        disk.resize(ENOUGH);
        build(noImages(), dockerfile);
    }

    @Test
    void whileADownloadIsSpooled() throws Exception {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 80L * MEBIBYTE);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 80; i++) {
                    body.write(new byte[MEBIBYTE]);
                }
            } catch (IOException e) {
                exchange.close(); // the client has hung up
            }
        });
        http.start();
        try {
            String dockerfile = "FROM scratch\nADD http://127.0.0.1:%d/big /\n"
                    .formatted(http.getAddress().getPort());

            SlipwayException full = fails(noImages(), dockerfile);

            assertThat(full).hasMessageContaining("/big");
            assertThat(needed(full)).isEqualTo(80 * MEBIBYTE);
            storeIsUsable();
            disk.resize(ENOUGH);
            build(noImages(), dockerfile);
        } finally {
            http.stop(0);
        }
    }

    @Test
    void whileFilesAreCopied() throws Exception {
        noise(80, "noise");
        String dockerfile = "FROM scratch\nCOPY noise /\n";

        fails(noImages(), dockerfile);

        storeIsUsable();
        disk.resize(ENOUGH);
        build(noImages(), dockerfile);
    }

    @Test
    void whileAnArchiveIsUnpacked() throws Exception {
        zeros(80, "archive.tar.gz");
        String dockerfile = "FROM scratch\nADD archive.tar.gz /\n";

        fails(noImages(), dockerfile);

        storeIsUsable();
        disk.resize(ENOUGH);
        build(noImages(), dockerfile);
    }

    @Test
    void whileAContextIsUnpacked() throws Exception {
        zeros(80, "context.tar.gz");
        Path dockerfile = Files.writeString(temp.resolve("OfArchive"), "FROM scratch\nCOPY zeros /\n");
        SourceSettings source = new SourceSettings(
                new BuildContext.Archive(context.resolve("context.tar.gz")),
                new DockerfilePlace.OfMachine(dockerfile),
                "Dockerfile",
                List.of());

        fails(() -> build(disk.directory(), noImages(), source));

        storeIsUsable();
        disk.resize(ENOUGH);
        build(disk.directory(), noImages(), source);
    }

    /** An archive of one file, which is small until it is unpacked. */
    private void zeros(int mebibytes, String name) throws Exception {
        Path directory = Files.createDirectory(temp.resolve("zeros"));
        try (OutputStream out = Files.newOutputStream(directory.resolve("zeros"))) {
            for (int i = 0; i < mebibytes; i++) {
                out.write(new byte[MEBIBYTE]);
            }
        }
        String archive = context.resolve(name).toString();
        Process tar = new ProcessBuilder("tar", "-C", directory.toString(), "-czf", archive, "zeros").start();
        assertThat(tar.waitFor()).isZero();
        Files.delete(directory.resolve("zeros"));
    }

    private SlipwayException fails(ImageSource images, String dockerfile) {
        return fails(() -> build(images, dockerfile));
    }

    private SlipwayException fails(ThrowingCallable build) {
        SlipwayException failure = catchThrowableOfType(SlipwayException.class, build);
        assertThat(failure).as("the disk is too small").isNotNull();
        assertThat(ExitStatus.of(failure)).as(failure.getMessage()).isEqualTo(ExitStatus.MACHINE_LACKS);
        assertThat(failure.getMessage())
                .contains(disk.directory().toString())
                .containsPattern("\\d+ bytes are needed")
                .containsPattern("\\d+ are free")
                .contains("SLIPWAY_HOME");
        return failure;
    }

    private static long needed(SlipwayException full) {
        return Long.parseLong(String.valueOf(full.getMessage()).replaceAll("(?s).*?(\\d+) bytes are needed.*", "$1"));
    }

    /** Every blob is what its name says, nothing half-written is left, nothing is mounted, and a small build succeeds. */
    private void storeIsUsable() throws Exception {
        Path home = disk.directory();
        FileContentStore store = FileContentStore.open(home);
        for (Digest blob : store.list()) {
            assertThat(store.verify(blob)).as(blob.toString()).isTrue();
        }
        for (String place : List.of("tmp", "trees/unfinished", "builds")) {
            assertThat(home.resolve(place))
                    .satisfiesAnyOf(
                            path -> assertThat(path).doesNotExist(),
                            path -> assertThat(path).isEmptyDirectory());
        }
        assertThat(Files.readAllLines(Path.of("/proc/self/mountinfo")))
                .filteredOn(line -> line.contains(home + "/"))
                .isEmpty();
        build(noImages(), NOTHING_TO_DO);
    }

    private BuildReport build(ImageSource images, String dockerfile) throws IOException {
        return build(disk.directory(), images, dockerfile);
    }

    private BuildReport build(Path home, ImageSource images, String dockerfile) throws IOException {
        Path file = Files.writeString(temp.resolve("Dockerfile"), dockerfile);
        return build(home, images, new SourceSettings(context, file, "Dockerfile"));
    }

    private BuildReport build(Path home, ImageSource images, SourceSettings source) {
        BuildEnvironment environment = new BuildEnvironment(
                home,
                images,
                (_, _) -> {
                    throw new AssertionError("nothing is pushed");
                },
                RemoteAccess.of(transport, ProxySettings.none(), Retry.of(RetryPolicy.never())),
                events::add,
                () -> NOW);
        return new DockerfileBuilder(environment).build(BuildRequest.of(source));
    }

    private static ImageSource noImages() {
        return (reference, _) -> {
            throw new AssertionError("no image is needed, not even " + reference);
        };
    }

    /** An image with one layer, which does not shrink. */
    private BuiltImage image(int mebibytes, Runnable beforeEachPull) throws IOException {
        noise(mebibytes, "noise" + mebibytes);
        return builtElsewhere("FROM scratch\nCOPY noise" + mebibytes + " /\n", beforeEachPull);
    }

    private BuiltImage builtElsewhere(String dockerfile, Runnable beforeEachPull) throws IOException {
        return new BuiltImage(build(temp.resolve("elsewhere"), noImages(), dockerfile), beforeEachPull);
    }

    private void noise(int mebibytes, String name) throws IOException {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        byte[] block = new byte[MEBIBYTE];
        try (OutputStream out = Files.newOutputStream(context.resolve(name))) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
    }
}
