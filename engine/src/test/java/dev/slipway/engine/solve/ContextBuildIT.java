package dev.slipway.engine.solve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.BuildReport;
import dev.slipway.engine.BuildRequest;
import dev.slipway.engine.context.BuildContext;
import dev.slipway.engine.context.ContextWord;
import dev.slipway.engine.context.DockerfilePlace;
import dev.slipway.engine.context.GitServer;
import dev.slipway.engine.context.NamedContext;
import dev.slipway.engine.context.RemoteAccess;
import dev.slipway.engine.request.Definition;
import dev.slipway.engine.request.SourceSettings;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.http.HttpSettings;
import dev.slipway.foundation.http.JdkHttpTransport;
import dev.slipway.foundation.http.ProxySettings;
import dev.slipway.foundation.retry.Retry;
import dev.slipway.foundation.retry.RetryPolicy;
import dev.slipway.image.compress.Compression;
import dev.slipway.image.layer.LayerEntry;
import dev.slipway.image.layer.LayerTarReader;
import dev.slipway.image.layout.OciLayoutTarget;
import dev.slipway.image.reference.ImageReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole builds from contexts of every kind, with git and http servers on loopback; needs root. Which kinds an ignore file
 * filters, and what a file of a server is, was compared with BuildKit.
 */
@Timeout(120)
class ContextBuildIT {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
    private static final long DATED = 1_445_412_480; // Wed, 21 Oct 2015 07:28:00 GMT
    private static final String COPY_ALL = "FROM scratch\nCOPY . /\n";

    @TempDir
    Path temp;

    private Path files;
    private HttpServer http;
    private String url;
    private final JdkHttpTransport transport = new JdkHttpTransport(HttpSettings.forVersion("test"));
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        files = Files.createDirectory(temp.resolve("files"));
        Files.writeString(files.resolve("Dockerfile"), COPY_ALL);
        Files.writeString(files.resolve("a"), "a");
        Files.writeString(files.resolve("b"), "b");
        Files.writeString(files.resolve(".dockerignore"), "b\n");
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.merge(path, 1, Integer::sum);
            if (path.contains("dated")) {
                exchange.getResponseHeaders().add("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT");
            }
            byte[] body = path.contains("tar") ? tar("-z") : COPY_ALL.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
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
        assertThat(temp.resolve("home/builds")).isEmptyDirectory();
    }

    @Test
    void aDirectoryIsReadInPlaceWithoutWhatItIgnores() throws IOException {
        assertThat(tree(build(files.toString(), Map.of())))
                .containsOnlyKeys("a", "Dockerfile", ".dockerignore")
                .containsEntry("a", "0:0 a");
    }

    /** As for every context that is no directory of this machine, an ignore file does nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-z", "-j", "-J", "--zstd"})
    void aTarIsUnpackedWhateverCompressesIt(String compression) throws IOException {
        Path archive = Files.write(temp.resolve("context"), tar(compression));
        assertThat(tree(build(archive.toString(), Map.of())))
                .containsOnlyKeys("a", "b", "Dockerfile", ".dockerignore")
                .containsEntry("a", "0:0 a");
    }

    @Test
    void aTarOnStandardInputIsUnpacked() throws IOException {
        assertThat(tree(build(piped(tar("-z"))))).containsKeys("a", "b");
    }

    @Test
    void aDockerfileOnStandardInputHasNothingToCopy() {
        assertThatThrownBy(() -> build(piped("FROM scratch\nCOPY a /\n".getBytes(UTF_8))))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContainingAll("Dockerfile:2:1", "\"/a\": not found");
    }

    @Test
    void aDockerfileOnStandardInputMayHaveAContext() throws IOException {
        SourceSettings source = new SourceSettings(
                new BuildContext.Directory(files),
                new DockerfilePlace.StandardInput(
                        new ByteArrayInputStream("FROM scratch\nCOPY a /x\n".getBytes(UTF_8))),
                "Dockerfile",
                List.of());
        assertThat(tree(build(source, Map.of()))).containsOnlyKeys("x");
    }

    @Test
    void theDockerfileOfATarIsFoundByItsName() throws IOException {
        Files.createDirectory(files.resolve("sub"));
        Files.writeString(files.resolve("sub/Other"), "FROM scratch\nCOPY a /other\n");
        Path archive = Files.write(temp.resolve("context.tar"), tar(""));
        SourceSettings source = new SourceSettings(
                new BuildContext.Archive(archive), new DockerfilePlace.InContext("sub/Other"), "sub/Other", List.of());
        assertThat(tree(build(source, Map.of()))).containsOnlyKeys("other");
    }

    /** The text of a file that is not the sender's would be shown with the error about it. */
    @Test
    void theDockerfileOfATarCannotBeAFileOfThisMachine() throws IOException {
        Files.delete(files.resolve("Dockerfile"));
        Path secret = Files.writeString(temp.resolve("secret"), "HOST FILE WAS READ");
        Files.createSymbolicLink(files.resolve("Dockerfile"), secret);
        assertThatThrownBy(() -> build(piped(tar(""))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no such Dockerfile")
                .hasMessageNotContaining("HOST FILE");
    }

    @Test
    void aTarWhoseNamesLeadOutOfItIsRefused() throws IOException {
        Files.writeString(temp.resolve("outside"), "x");
        byte[] archive = run(files, "tar", "-cPf", "-", "Dockerfile", "../outside");
        assertThatThrownBy(() -> build(piped(archive)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("standard input", "leads out of it");
    }

    @Test
    void aTarThatBreaksOffIsRefused() throws IOException {
        byte[] whole = tar("-z");
        byte[] broken = Arrays.copyOf(whole, whole.length / 2);
        assertThatThrownBy(() -> build(piped(broken)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be unpacked");
    }

    @Test
    void aTarWithoutADockerfileIsRefused() throws IOException {
        byte[] archive = run(files, "tar", "-cf", "-", "a");
        assertThatThrownBy(() -> build(piped(archive)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is no such Dockerfile");
    }

    @Test
    void aFileThatIsNoTarIsNoContext() throws IOException {
        Path text = Files.writeString(temp.resolve("text"), "FROM scratch\n");
        assertThatThrownBy(() -> build(text.toString(), Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(text.toString(), "neither a directory nor a tar");
    }

    @Test
    void aTarOfAServerIsUnpacked() throws IOException {
        assertThat(tree(build(url + "/c.tar.gz", Map.of()))).containsKeys("a", "b");
    }

    /** It is the Dockerfile, and lies in the context as well, under the name that every file has there. */
    @Test
    void anotherFileOfAServerIsTheDockerfile() throws IOException {
        assertThat(tree(build(url + "/Anything", Map.of()))).containsOnlyKeys("context");
    }

    @ParameterizedTest
    @CsvSource({"/dated.tar.gz,true", "/c.tar.gz,false"})
    void theEpochOfAServersFileIsWhatItSaysElseTheNewestFileOfTheTar(String path, boolean dated) throws IOException {
        Instant newest = Files.getLastModifiedTime(files.resolve("b")).toInstant();
        BuildReport report = build(url + path, Map.of("SOURCE_DATE_EPOCH", "context"));
        assertThat(created(report)).isEqualTo(dated ? DATED : newest.getEpochSecond());
    }

    @Test
    void aRepositoryIsAContext() throws IOException {
        try (GitServer server = GitServer.start(Files.createDirectory(temp.resolve("git")))) {
            commitAll(server);
            String address = server.url("r");
            assertThat(tree(build(address, Map.of()))).containsKeys("a", "b").doesNotContainKey(".git/HEAD");
            assertThat(tree(build(address, Map.of("BUILDKIT_CONTEXT_KEEP_GIT_DIR", "1"))))
                    .containsKeys("a", ".git/HEAD");
            assertThat(tree(build(address + "#main:sub", Map.of()))).containsOnlyKeys("below");
            assertThatThrownBy(() -> build(address + "#absent", Map.of())).hasMessageContaining("no such ref");
        }
    }

    /** All files have the time of the commit then. */
    @Test
    void theEpochOfARepositoryIsTheTimeOfItsCommit() throws IOException {
        try (GitServer server = GitServer.start(Files.createDirectory(temp.resolve("git")))) {
            long time = commitAll(server);
            Map<String, String> args = Map.of("SOURCE_DATE_EPOCH", "context");
            assertThat(created(build(server.url("r"), args))).isEqualTo(time);
        }
    }

    @Test
    void theEpochOfAStageIsTheTimeOfWhatItFetches() throws IOException {
        Files.writeString(
                files.resolve("Dockerfile"),
                "FROM scratch AS src\nADD " + url + "/dated /\n" + "FROM scratch\nCOPY a /\n");
        assertThat(created(build(files.toString(), Map.of("SOURCE_DATE_EPOCH", "src"))))
                .isEqualTo(DATED);
        assertThatThrownBy(() -> {
                    Files.writeString(
                            files.resolve("Dockerfile"), "FROM scratch AS src\nADD " + url + "/x /\nFROM scratch\n");
                    build(files.toString(), Map.of("SOURCE_DATE_EPOCH", "src"));
                })
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("does not say how old");
    }

    /** Each directory is filtered by its own ignore file; a file of a server is what it is. */
    @Test
    void filesAreCopiedFromNamedContexts() throws IOException {
        Files.writeString(
                files.resolve("Dockerfile"),
                "FROM scratch\nCOPY --from=dir . /dir/\nCOPY --from=tar . /tar/\nCOPY --from=url . /url/\n");
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.writeString(other.resolve("kept"), "kept");
        Files.writeString(other.resolve("left"), "left");
        Files.writeString(other.resolve(".dockerignore"), "left\n.dockerignore\n");
        Path archive = Files.write(temp.resolve("c.tar"), run(other, "tar", "-cf", "-", "kept", "left"));
        BuildReport report = build(
                named("dir=" + other, "tar=" + archive, "url=" + url + "/x.tar", "unused=" + url + "/y"), Map.of());
        assertThat(tree(report)).containsOnlyKeys("dir/kept", "tar/kept", "tar/left", "url/context");
        assertThat(asked).containsOnlyKeys("/x.tar");
    }

    @Test
    void aStageOnFilesHasThem() throws IOException {
        Files.writeString(files.resolve("Dockerfile"), "FROM base\nCOPY a /own\n");
        assertThat(tree(build(named("base=" + files), Map.of())))
                .containsOnlyKeys("a", "Dockerfile", ".dockerignore", "own");
    }

    @Test
    void aLayoutIsABaseByItsTagOrAsTheOnlyImage() throws IOException {
        Path layout = temp.resolve("layout");
        BuildReport base = build(files.toString(), Map.of());
        OciLayoutTarget.directory(layout).push(base.image(), List.of(ImageReference.parse("some:1")));
        Files.writeString(files.resolve("Dockerfile"), "FROM base\nCOPY a /own\n");
        for (String value : List.of(":1", "", "@" + base.digest())) {
            BuildReport report = build(named("base=oci-layout://" + layout + value), Map.of());
            assertThat(tree(report)).containsKeys("a", "own");
            assertThat(report.image().layers().getFirst().descriptor().digest())
                    .isEqualTo(base.image().layers().getFirst().descriptor().digest());
        }
    }

    @Test
    void namedContextsThatAreNotThereAreToldTogether() {
        assertThatThrownBy(() -> build(named("one=/not/1", "two=oci-layout:///not/2"), Map.of()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .hasSize(2)
                                .extracting(Object::toString)
                                .allMatch(text -> text.contains("/not/")));
    }

    private long commitAll(GitServer server) throws IOException {
        Path repository = server.repository("r");
        Files.writeString(repository.resolve("Dockerfile"), COPY_ALL);
        Files.writeString(repository.resolve("a"), "a");
        Files.createDirectory(repository.resolve("sub"));
        Files.writeString(repository.resolve("sub/Dockerfile"), "FROM scratch\nCOPY below /\n");
        Files.writeString(repository.resolve("sub/below"), "x");
        server.commit(repository, "b", "b");
        return Long.parseLong(
                server.git(repository, "log", "-1", "--format=%ct").strip());
    }

    private SourceSettings named(String... contexts) {
        ContextWord words = new ContextWord(temp, InputStream.nullInputStream());
        List<NamedContext> parsed = new ArrayList<>();
        for (String context : contexts) {
            parsed.add(NamedContext.parse(context, words));
        }
        return SourceSettings.of(files).withNamed(parsed);
    }

    private BuildReport build(BuildContext.StandardInput input) {
        return build(new SourceSettings(input, DockerfilePlace.InContext.USUAL, "Dockerfile", List.of()), Map.of());
    }

    private BuildReport build(String word, Map<String, String> args) {
        BuildContext context = new ContextWord(temp, InputStream.nullInputStream()).read(word);
        DockerfilePlace dockerfile = context instanceof BuildContext.Directory(Path directory)
                ? new DockerfilePlace.OfMachine(directory.resolve("Dockerfile"))
                : DockerfilePlace.InContext.USUAL;
        return build(new SourceSettings(context, dockerfile, "Dockerfile", List.of()), args);
    }

    private BuildReport build(SourceSettings source, Map<String, String> args) {
        BuildEnvironment environment = WithoutRegistries.in(
                temp.resolve("home"),
                RemoteAccess.of(transport, ProxySettings.none(), Retry.of(RetryPolicy.never())),
                events::add,
                () -> NOW);
        return new DockerfileBuilder(environment)
                .build(BuildRequest.of(source).withDefinition(Definition.DEFAULT.withBuildArgs(args)));
    }

    private static BuildContext.StandardInput piped(byte[] bytes) {
        return new BuildContext.StandardInput(new ByteArrayInputStream(bytes));
    }

    private static long created(BuildReport report) {
        return report.config().created().orElseThrow().getEpochSecond();
    }

    private byte[] tar(String compression) throws IOException {
        return run(
                files,
                "tar",
                "--owner=1234",
                "-cf",
                "-",
                ".",
                compression.isEmpty() ? "--no-auto-compress" : compression);
    }

    private static byte[] run(Path directory, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.getInputStream().readAllBytes();
    }

    /** The files of all layers, {@code uid:gid content}. */
    private static Map<String, String> tree(BuildReport report) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        for (var layer : report.image().layers()) {
            try (InputStream tar = Compression.decompress(layer.open())) {
                LayerTarReader reader = new LayerTarReader(tar);
                for (Optional<LayerEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                    if (entry.get() instanceof LayerEntry.RegularFile file) {
                        String owner = file.attributes().uid() + ":"
                                + file.attributes().gid();
                        tree.put(
                                file.path().toString(),
                                owner + " " + new String(reader.content().readAllBytes(), UTF_8));
                    }
                }
            }
        }
        return tree;
    }
}
