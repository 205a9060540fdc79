package dev.slipway.engine.solve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.BuildReport;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.context.GitServer;
import dev.slipway.engine.context.RemoteAccess;
import dev.slipway.engine.request.Definition;
import dev.slipway.engine.request.SourceSettings;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.http.HttpSettings;
import dev.slipway.foundation.http.JdkHttpTransport;
import dev.slipway.foundation.http.ProxySettings;
import dev.slipway.foundation.retry.Retry;
import dev.slipway.foundation.retry.RetryPolicy;
import dev.slipway.image.compress.Compression;
import dev.slipway.image.layer.Attributes;
import dev.slipway.image.layer.LayerEntry;
import dev.slipway.image.layer.LayerTarReader;
import dev.slipway.image.model.History;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole builds that ADD what servers on loopback have; needs root. Modes, times, names and history are those of BuildKit,
 * frontend/dockerfile/dockerfile2llb and source/http.
 */
@Timeout(120)
class RemoteAddIT {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    /** {@code printf hello | sha256sum}, and sha512sum */
    private static final String HELLO = "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private static final String HELLO_512 = "sha512:9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca7"
            + "2323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043";

    @TempDir
    Path temp;

    private Path context;
    private HttpServer http;
    private String url;
    private final JdkHttpTransport transport = new JdkHttpTransport(HttpSettings.forVersion("test"));
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        context = Files.createDirectory(temp.resolve("context"));
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.merge(path, 1, Integer::sum);
            if (path.contains("dated")) {
                exchange.getResponseHeaders().add("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT");
            }
            byte[] body = path.endsWith(".tar") ? tar() : "hello".getBytes(UTF_8);
            int status = path.startsWith("/status/") ? Integer.parseInt(path.substring(8)) : 200;
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        url = "http://127.0.0.1:" + http.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        http.stop(0);
        transport.close();
        assertThat(temp.resolve("home/builds"))
                .satisfiesAnyOf(
                        builds -> assertThat(builds).doesNotExist(),
                        builds -> assertThat(builds).isEmptyDirectory());
    }

    /** An archive of one file, {@code in} with the content {@code packed}. */
    private static byte[] tar() throws IOException {
        Path directory = Files.createTempDirectory("tar");
        Files.writeString(directory.resolve("in"), "packed");
        Process tar = new ProcessBuilder("tar", "-C", directory.toString(), "-c", "in").start();
        byte[] bytes = tar.getInputStream().readAllBytes();
        Files.delete(directory.resolve("in"));
        Files.delete(directory);
        return bytes;
    }

    private BuildReport build(String... lines) throws IOException {
        return build(Map.of(), lines);
    }

    private BuildReport build(Map<String, String> args, String... lines) throws IOException {
        Path file = Files.writeString(temp.resolve("Dockerfile"), String.join("\n", lines) + "\n");
        BuildEnvironment environment = WithoutRegistries.in(
                temp.resolve("home"),
                RemoteAccess.of(transport, ProxySettings.none(), Retry.of(RetryPolicy.never())),
                events::add,
                () -> NOW);
        return new DockerfileBuilder(environment)
                .build(BuildRequest.of(new SourceSettings(context, file, "Dockerfile"))
                        .withDefinition(Definition.DEFAULT.withBuildArgs(args)));
    }

    /** What the layers have, the last one's word counts: {@code mode uid:gid content}, and the time of files of URLs. */
    private static Map<String, String> tree(BuildReport report) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        for (var layer : report.image().layers()) {
            try (InputStream tar = Compression.decompress(layer.open())) {
                LayerTarReader reader = new LayerTarReader(tar);
                for (Optional<LayerEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                    if (entry.get() instanceof LayerEntry.RegularFile file) {
                        String content = new String(reader.content().readAllBytes(), UTF_8);
                        tree.put(file.path().toString(), shown(file.attributes()) + " " + content.strip());
                    } else if (entry.get() instanceof LayerEntry.Directory directory) {
                        tree.put(directory.path() + "/", shown(directory.attributes()));
                    }
                }
            }
        }
        return tree;
    }

    private static String shown(Attributes attributes) {
        return Integer.toOctalString(attributes.mode()) + " " + attributes.uid() + ":" + attributes.gid();
    }

    private static long modified(BuildReport report, String path) throws IOException {
        try (InputStream tar =
                Compression.decompress(report.image().layers().getLast().open())) {
            LayerTarReader reader = new LayerTarReader(tar);
            for (Optional<LayerEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                if (entry.get() instanceof LayerEntry.RegularFile file
                        && file.path().toString().equals(path)) {
                    return file.attributes().modified().seconds();
                }
            }
        }
        throw new AssertionError("no " + path);
    }

    @Test
    void aUrlBecomesAFileOfRootThatNobodyElseReads() throws IOException {
        assertThat(tree(build("FROM scratch", "ADD " + url + "/a/file.txt?x=1 /in/", "ADD " + url + "/other /out")))
                .containsExactly(
                        Map.entry("in/", "755 0:0"),
                        Map.entry("in/file.txt", "600 0:0 hello"),
                        Map.entry("out", "600 0:0 hello"));
    }

    @Test
    void itsTimeIsTheServersElseTheEpoch() throws IOException {
        assertThat(modified(build("FROM scratch", "ADD " + url + "/dated /f"), "f"))
                .isEqualTo(1445412480);
        assertThat(modified(build("FROM scratch", "ADD " + url + "/undated /f"), "f"))
                .isEqualTo(1445412480);
        assertThat(modified(build("FROM scratch", "ADD " + url + "/x /f"), "f")).isZero();
    }

    @Test
    void anAddressWithoutAPathGivesAFileWithoutAName() throws IOException {
        assertThat(tree(build("FROM scratch", "ADD " + url + " /d/", "ADD " + url + "/ /f")))
                .containsKeys("d/__unnamed__", "f");
    }

    @Test
    void ownerAndModeMayBeGiven() throws IOException {
        assertThat(tree(build("FROM scratch", "ADD --chown=1:2 --chmod=640 " + url + "/f /d/")))
                .containsEntry("d/f", "640 1:2 hello")
                .containsEntry("d/", "640 1:2");
    }

    @Test
    void sourcesOfAllKindsWorkInTheOrderWritten() throws IOException {
        Files.writeString(context.resolve("foo"), "local");
        Files.writeString(context.resolve("only"), "local");
        try (GitServer git = GitServer.start(Files.createDirectory(temp.resolve("git")))) {
            git.commit(git.repository("r"), "foo", "from git");

            assertThat(tree(build("FROM scratch", "ADD foo only " + url + "/foo " + git.url("r") + " /d/")))
                    .containsEntry("d/foo", "644 0:0 from git")
                    .containsEntry("d/only", "644 0:0 local");
            assertThat(tree(build("FROM scratch", "ADD " + git.url("r") + " " + url + "/foo /d/")))
                    .containsEntry("d/foo", "600 0:0 hello");
            assertThat(tree(build("FROM scratch", "ADD " + git.url("r") + " " + url + "/foo foo /d/")))
                    .containsEntry("d/foo", "644 0:0 local");
        }
    }

    @Test
    void aUrlIsFetchedOnceABuildAndAgainForTheNext() throws IOException {
        String[] lines = {
            "FROM scratch AS a",
            "ADD " + url + "/once /1",
            "FROM scratch AS b",
            "ADD --checksum=" + HELLO + " " + url + "/once /2",
            "FROM scratch",
            "COPY --from=a /1 /1",
            "COPY --from=b /2 /2",
            "ADD " + url + "/once " + url + "/once /3/"
        };
        build(lines);
        assertThat(asked).containsExactly(Map.entry("/once", 1));
        build(lines);
        assertThat(asked).containsExactly(Map.entry("/once", 2));
    }

    @ParameterizedTest
    @CsvSource({HELLO, HELLO_512})
    void aChecksumHolds(String checksum) throws IOException {
        assertThat(tree(build(
                        Map.of("SUM", checksum), "FROM scratch", "ARG SUM", "ADD --checksum=$SUM " + url + "/f /f")))
                .containsEntry("f", "600 0:0 hello");
    }

    @Test
    void aWrongChecksumFailsTheBuildAndTellsBoth() {
        String wrong = "sha256:" + "0".repeat(64);
        assertThatThrownBy(() -> build("FROM scratch", "ADD --checksum=" + wrong + " " + url + "/f /f"))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("Dockerfile:2")
                .hasMessageContaining(url + "/f")
                .hasMessageContaining(wrong)
                .hasMessageContaining(HELLO);
    }

    @Test
    void archivesBehindUrlsAreUnpackedOnlyWhereThatIsAskedFor() throws IOException {
        assertThat(tree(build("FROM scratch", "ADD " + url + "/x.tar /d/"))).containsKey("d/x.tar");
        assertThat(tree(build("FROM scratch", "ADD --unpack=false " + url + "/x.tar /d/")))
                .containsKey("d/x.tar");
        assertThat(tree(build("FROM scratch", "ADD --unpack=true " + url + "/x.tar /d")))
                .containsEntry("d/in", "644 0:0 packed")
                .doesNotContainKey("d/x.tar");
        assertThat(tree(build("FROM scratch", "ADD --unpack " + url + "/no.archive /d/")))
                .containsKey("d/no.archive");
    }

    @Test
    void repositories() throws IOException {
        try (GitServer git = GitServer.start(Files.createDirectory(temp.resolve("git")))) {
            Path r = git.repository("r");
            String old = git.commit(r, "foo", "old");
            git.git(r, "tag", "v1");
            git.commit(r, "sub/foo", "new");

            assertThat(tree(build("FROM scratch", "ADD " + git.url("r") + "#main:sub /d")))
                    .containsExactly(Map.entry("d/", "755 0:0"), Map.entry("d/foo", "644 0:0 new"));
            assertThat(tree(build("FROM scratch", "ADD --chown=3 " + git.url("r") + "?tag=v1 /d/")))
                    .containsExactly(Map.entry("d/", "755 3:3"), Map.entry("d/foo", "644 3:3 old"));
            assertThat(tree(build(
                            Map.of("REPO", git.url("r"), "HASH", old),
                            "FROM scratch",
                            "ARG REPO HASH",
                            "ADD --keep-git-dir --checksum=$HASH ${REPO}#v1 /d/")))
                    .containsKeys("d/foo", "d/.git/HEAD")
                    .doesNotContainKey("d/sub/foo");
            assertThatThrownBy(() -> build("FROM scratch", "ADD --checksum=" + old + " " + git.url("r") + " /d"))
                    .isInstanceOf(BuildFailedException.class)
                    .hasMessageContaining("Dockerfile:2")
                    .hasMessageContaining("expected commit " + old);
            assertThatThrownBy(() -> build("FROM scratch", "ADD " + git.url("r") + "#nosuch /d"))
                    .isInstanceOf(BuildFailedException.class)
                    .hasMessageContaining("Dockerfile:2")
                    .hasMessageContaining("#nosuch");
        }
    }

    @Test
    void excludesLeaveFilesOfARepositoryOutAndNeverAUrlsOwn() throws IOException {
        try (GitServer git = GitServer.start(Files.createDirectory(temp.resolve("git")))) {
            Path r = git.repository("r");
            git.commit(r, "a.md", "text");
            git.commit(r, "b.txt", "text");

            assertThat(tree(build("FROM scratch", "ADD --exclude=*.md " + git.url("r") + " " + url + "/c.md /d/")))
                    .containsOnlyKeys("d/", "d/b.txt", "d/c.md");
        }
    }

    @Test
    void whatIsFetchedMayStandOnItsOwn() throws IOException {
        assertThat(tree(build("FROM scratch", "ADD --link " + url + "/f /d/e/")))
                .containsEntry("d/e/f", "600 0:0 hello")
                .containsEntry("d/e/", "755 0:0");
    }

    @Test
    void theHistoryShowsExpandedSourcesWithoutCredentials() throws IOException {
        String signed = url.replace("http://", "http://me:secret@");
        BuildReport report = build(
                Map.of("V", "1"),
                "FROM scratch",
                "ARG V",
                "ADD --chown=0 --checksum=" + HELLO + " --unpack=false " + signed + "/f$V /d/");

        assertThat(report.config().history())
                .extracting(History::createdBy)
                .containsExactly(
                        "ARG V=1", "ADD --chown=0 " + signed.replace("me:secret", "***") + "/f1 /d/ # buildkit");
        assertThat(events).noneMatch(event -> event.toString().contains("secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "404, BuildFailedException",
        "401, NotAllowedException",
        "403, NotAllowedException",
        "500, ServiceException"
    })
    void aRefusalIsToldAtTheInstruction(int status, String kind) {
        assertThatThrownBy(() -> build("FROM scratch", "", "ADD " + url + "/status/" + status + " /f"))
                .isInstanceOfAny(BuildFailedException.class, NotAllowedException.class, ServiceException.class)
                .hasMessageContaining("Dockerfile:3")
                .hasMessageContaining("status " + status)
                .extracting(error -> error.getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void whatIsWrongInTheTextIsToldBeforeAnyWork() {
        assertThatThrownBy(() -> build(
                        Map.of("URL", url + "/f", "SUM", "sha256:abc"),
                        "FROM scratch",
                        "ARG URL SUM",
                        "ADD " + url + "/f /f",
                        "COPY $URL /f",
                        "ADD --checksum=$SUM $URL /f",
                        "ADD $URL.git?tg=1 /f",
                        "ADD --checksum=$SUM $URL $URL /f/",
                        "ADD --keep-git-dir=false $URL.git?keep-git-dir /f/"))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        error -> assertThat(error.problems())
                                .extracting(problem -> problem.where())
                                .containsExactly(
                                        "Dockerfile:4:1",
                                        "Dockerfile:5:1",
                                        "Dockerfile:6:1",
                                        "Dockerfile:7:1",
                                        "Dockerfile:8:1"));
        assertThat(asked).isEmpty();
        assertThat(events).noneMatch(event -> event instanceof Event.TaskStarted);
    }
}
