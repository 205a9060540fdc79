package dev.slipway.engine.context;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.dockerfile.source.GitReference;
import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.NotAllowedException;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.http.ProxySettings;
import dev.slipway.foundation.retry.Retry;
import dev.slipway.foundation.retry.RetryPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real repositories behind real servers on loopback; needs root, for process namespaces. */
@Timeout(120)
class GitFetcherIT {
    @TempDir
    static Path served;

    @TempDir
    Path temp;

    private static GitServer server;
    private static String first;
    private static String second;
    private static String third;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private int next;

    @BeforeAll
    static void makeRepositories() throws IOException {
        server = GitServer.start(served);
        Path r = server.repository("r");
        Files.writeString(r.resolve("run.sh"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(r.resolve("run.sh"), PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(r.resolve("link"), Path.of("foo"));
        Files.createDirectories(r.resolve("real"));
        Files.createSymbolicLink(r.resolve("linked"), Path.of("real"));
        first = server.commit(r, "foo", "one");
        server.git(r, "tag", "v1");
        second = server.commit(r, "sub/dir/foo", "two below");
        server.git(r, "tag", "--annotate", "--message", "m", "v2");
        server.git(r, "branch", "both");
        server.git(r, "tag", "both", "v1");
        third = server.commit(r, "foo", "three");
        server.git(r, "update-ref", "refs/pull/7/head", first);
        server.git(r, "branch", "release/1.2", "v1");
        server.git(r, "update-server-info");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Path fetch(String text) throws IOException {
        return fetch(text, Duration.ofMinutes(1));
    }

    private Path fetch(String text, Duration silence) throws IOException {
        RemoteAccess access = new RemoteAccess(
                RemoteAccess.NONE.http(), ProxySettings.none(), Retry.of(RetryPolicy.never()), silence);
        Path directory = Files.createDirectory(temp.resolve("fetch" + next++));
        return new GitFetcher(access, events::add)
                .fetch((GitReference) SourceReference.parse(text), directory, "task")
                .directory();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(path -> !path.equals(directory))
                    .map(path -> directory.relativize(path).toString())
                    .filter(name -> !name.startsWith(".git/"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', three",
        "#main, three",
        "#HEAD, three",
        "#refs/heads/main, three",
        "?branch=main, three",
        "#v1, one",
        "?tag=v1, one",
        "?ref=refs/tags/v1, one",
        "#release/1.2, one",
        "?ref=pull/7/head, one",
        "#refs/pull/7/head, one",
        "?tag=both, one",
        "?branch=both, one",
    })
    void namesAreBranchesTagsAndReferences(String suffix, String content) throws IOException {
        assertThat(fetch(server.url("r") + suffix).resolve("foo")).hasContent(content);
    }

    @Test
    void ofABranchAndATagOfOneNameTheBranchIsMeant() throws IOException {
        assertThat(fetch(server.url("r") + "#both").resolve("sub/dir/foo")).exists();
        assertThat(fetch(server.url("r") + "?tag=both").resolve("sub")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"url", "smart", "dumb"})
    void commitsAreFetchedByHashWhateverTheServerAllows(String way) throws IOException {
        String url = switch (way) {
            case "smart" -> server.smartUrl("r");
            case "dumb" -> server.dumbUrl("r");
            default -> server.url("r");
        };
        assertThat(fetch(url + "#" + second).resolve("sub/dir/foo")).hasContent("two below");
        assertThat(fetch(url + "?ref=" + first).resolve("foo")).hasContent("one");
        assertThat(fetch(url + "?commit=" + first).resolve("foo")).hasContent("one");
        assertThat(fetch(url + "?commit=" + first.substring(0, 8)).resolve("foo"))
                .hasContent("one");
        assertThat(fetch(url + "?tag=v2&commit=" + second).resolve("sub")).exists();
        assertThat(fetch(url).resolve("foo")).hasContent("three");
    }

    @Test
    void onlyTheOneCommitIsAskedFor() throws IOException {
        Path kept = fetch(server.url("r") + "?keep-git-dir");

        assertThat(server.git(kept, "rev-list", "--count", "--all").strip()).isEqualTo("1");
    }

    @Test
    void theGitDirectoryGoesUnlessItIsKept() throws IOException {
        assertThat(names(fetch(server.url("r"))))
                .containsExactly("foo", "link", "linked", "run.sh", "sub", "sub/dir", "sub/dir/foo");
        Path kept = fetch(server.smartUrl("r") + "?keep-git-dir&tag=v2");
        assertThat(kept.resolve(".git")).isDirectory();
        assertThat(server.git(kept, "status", "--short")).isEmpty();
        assertThat(server.git(kept, "describe", "--tags").strip()).isEqualTo("v2");
        assertThat(server.git(kept, "remote", "get-url", "origin").strip()).isEqualTo(server.smartUrl("r"));
        assertThat(fetch(server.url("r") + "?keep-git-dir&subdir=sub").resolve(".git"))
                .doesNotExist();
    }

    @Test
    void modesAreThoseOfRootWithAUsualMask() throws IOException {
        Path tree = fetch(server.url("r"));

        assertThat(permissions(tree)).isEqualTo("rwxr-xr-x");
        assertThat(permissions(tree.resolve("foo"))).isEqualTo("rw-r--r--");
        assertThat(permissions(tree.resolve("run.sh"))).isEqualTo("rwxr-xr-x");
        assertThat(permissions(tree.resolve("sub"))).isEqualTo("rwxr-xr-x");
        assertThat(Files.readSymbolicLink(tree.resolve("link"))).hasToString("foo");
        assertThat(Files.getAttribute(tree.resolve("foo"), "unix:uid")).isEqualTo(0);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void timesAreThoseOfTheCheckoutOrOfTheCommit() throws IOException {
        Instant committed = Instant.ofEpochSecond(1_700_000_000);
        Path tree = fetch(server.url("r") + "?mtime=commit");
        for (String name : List.of("", "foo", "link", "sub", "sub/dir/foo")) {
            assertThat(Files.getLastModifiedTime(tree.resolve(name), LinkOption.NOFOLLOW_LINKS)
                            .toInstant())
                    .isEqualTo(committed);
        }
        assertThat(Files.getLastModifiedTime(fetch(server.url("r")).resolve("foo"))
                        .toInstant())
                .isAfter(committed);
    }

    @Test
    void aSubdirectoryTakesThePlaceOfTheTree() throws IOException {
        assertThat(names(fetch(server.url("r") + "#v2:sub/dir"))).containsExactly("foo");
        assertThat(names(fetch(server.url("r") + "?subdir=/sub"))).containsExactly("dir", "dir/foo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nosuch", "foo", "linked", ".git", "sub/dir/foo/x"})
    void aSubdirectoryIsADirectory(String path) {
        assertThatThrownBy(() -> fetch(server.url("r") + "#main:" + path))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("'" + path + "' is no directory");
    }

    @ParameterizedTest
    @CsvSource({
        "#nosuch, there is no such ref",
        "?branch=v1, there is no such ref",
        "?tag=main, there is no such ref",
        "?ref=heads, there is no such ref",
        "#0123456789012345678901234567890123456789, 0123456789012345678901234567890123456789",
        "?commit=0123456, there is no commit 0123456",
    })
    void whatIsNotThereIsToldWithItsName(String suffix, String why) {
        assertThatThrownBy(() -> fetch(server.smartUrl("r") + suffix))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("cannot fetch " + server.smartUrl("r"))
                .hasMessageContaining(why);
    }

    @Test
    void anAbbreviatedHashIsNoRef() {
        assertThatThrownBy(() -> fetch(server.url("r") + "#" + first.substring(0, 8)))
                .hasMessageContaining("there is no such ref");
    }

    @Test
    void aCommitIsHeldToItsHash() throws IOException {
        String tag = server.git(served.resolve("r"), "rev-parse", "v2").strip();
        assertThat(tag).isNotEqualTo(second);
        assertThat(fetch(server.url("r") + "?tag=v2&commit=" + tag)).exists();
        assertThat(fetch(server.url("r") + "?tag=v2&commit=" + second.substring(0, 7)))
                .exists();
        assertThatThrownBy(() -> fetch(server.url("r") + "?tag=v1&commit=" + third))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("expected commit " + third)
                .hasMessageContaining("it is " + first);
        assertThatThrownBy(() -> fetch(server.url("r") + "?ref=" + first + "&commit=" + third))
                .hasMessageContaining("expected commit " + third);
    }

    @Test
    void aCommitMayBeFetchedWhateverTheRefResolvesTo() throws IOException {
        assertThat(fetch(server.url("r") + "?branch=main&fetch-by-commit&commit=" + first)
                        .resolve("foo"))
                .hasContent("one");
    }

    @Test
    void repositoriesOfSha256() throws IOException {
        Path r = server.repository("sha256", "--object-format=sha256");
        String old = server.commit(r, "foo", "old");
        server.git(r, "tag", "v1");
        server.commit(r, "foo", "new");
        assertThat(old).hasSize(64);

        assertThat(fetch(server.url("sha256")).resolve("foo")).hasContent("new");
        assertThat(fetch(server.url("sha256") + "#v1").resolve("foo")).hasContent("old");
        assertThat(fetch(server.url("sha256") + "#" + old).resolve("foo")).hasContent("old");
        assertThat(fetch(server.url("sha256") + "?commit=" + old.substring(0, 9))
                        .resolve("foo"))
                .hasContent("old");
    }

    @Test
    void submodulesComeRecursivelyUnlessTheyAreForbidden() throws IOException {
        Path inner = server.repository("inner");
        server.commit(inner, "deep", "deep");
        Path middle = server.repository("middle");
        server.git(middle, "submodule", "add", "--quiet", server.url("inner"), "in");
        server.commit(middle, "mid", "mid");
        Path outer = server.repository("outer");
        server.git(outer, "submodule", "add", "--quiet", "--", "../middle", "m");
        server.commit(outer, "top", "top");

        assertThat(names(fetch(server.url("outer"))))
                .containsExactly(".gitmodules", "m", "m/.gitmodules", "m/in", "m/in/deep", "m/mid", "top");
        assertThat(names(fetch(server.url("outer") + "?submodules=false"))).containsExactly(".gitmodules", "m", "top");
        Path kept = fetch(server.url("outer") + "?keep-git-dir");
        assertThat(server.git(kept, "submodule", "status", "--recursive").lines())
                .as("a blank in front means present, and at the commit that it should have")
                .hasSize(2)
                .allMatch(line -> line.startsWith(" "));
    }

    /** CVE-2022-39253: a submodule must not bring files of this machine. */
    @Test
    void aSubmoduleOfThisMachinesFilesIsRefused() throws IOException {
        Path secret = server.repository("secret");
        server.commit(secret, "secret", "secret");
        Path evil = server.repository("evil");
        server.git(evil, "submodule", "add", "--quiet", secret.toString(), "s");
        server.commit(evil, "x", "x");

        assertThatThrownBy(() -> fetch(server.url("evil")))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("transport 'file' not allowed");
    }

    @Test
    void nothingOfThisMachinesConfigurationIsUsed() throws IOException {
        Path r = server.repository("attributes");
        Files.writeString(r.resolve(".gitattributes"), "foo filter=evil\n");
        server.commit(r, "foo", "plain");

        assertThat(fetch(server.url("attributes")).resolve("foo")).hasContent("plain");
    }

    @Test
    void credentialsGoToTheServerAndNowhereElse() throws IOException {
        String url = server.closedUrl("r").replace("http://", "http://me:secret@");
        Path kept = fetch(url + "?keep-git-dir");

        assertThat(kept.resolve("foo")).hasContent("three");
        assertThat(events).noneMatch(event -> event.toString().contains("secret"));
        for (Path file : files(kept.resolve(".git"))) {
            assertThat(new String(Files.readAllBytes(file), ISO_8859_1)).doesNotContain("secret");
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).toList());
        }
    }

    @Test
    void credentialsDoNotStayInSubmodulesEither() throws IOException {
        Path part = server.repository("part");
        server.commit(part, "p", "p");
        Path whole = server.repository("whole");
        server.git(whole, "submodule", "add", "--quiet", "--name", "a/b", server.url("part"), "p");
        server.git(whole, "config", "--file", ".gitmodules", "submodule.a/b.url", "../../part/.git");
        server.commit(whole, "w", "w");
        String url = server.closedUrl("whole").replace("http://", "http://me:secret@");

        Path kept = fetch(url + "?keep-git-dir");

        assertThat(kept.resolve("p/p")).hasContent("p");
        assertThat(server.git(kept.resolve("p"), "remote", "get-url", "origin").strip())
                .isEqualTo(server.closedUrl("part"));
        for (Path file : files(kept.resolve(".git"))) {
            assertThat(new String(Files.readAllBytes(file), ISO_8859_1)).doesNotContain("secret");
        }
    }

    @Test
    void missingOrWrongCredentialsAreToldAsSuch() {
        assertThatThrownBy(() -> fetch(server.closedUrl("r"))).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> fetch(server.closedUrl("r").replace("http://", "http://me:wrong@")))
                .isInstanceOf(NotAllowedException.class)
                .message()
                .doesNotContain("wrong");
    }

    @Test
    void aRepositoryThatIsNotThereFailsTheBuild() {
        assertThatThrownBy(() -> fetch(server.url("nosuch"))).isInstanceOf(BuildFailedException.class);
        assertThatThrownBy(() -> fetch(server.dumbUrl("nosuch"))).isInstanceOf(BuildFailedException.class);
    }

    @Test
    void aServerThatIsNotThereIsNotTheBuildsFault() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> fetch("git://127.0.0.1:" + port + "/r")).isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> fetch("http://127.0.0.1:" + port + "/r.git")).isInstanceOf(ServiceException.class);
    }

    @Test
    void aSilentServerIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> fetch("git://127.0.0.1:" + silent.getLocalPort() + "/r", Duration.ofMillis(300)))
                    .isInstanceOf(ServiceException.class)
                    .hasMessageContaining("silent for too long");
        }
    }

    @Test
    void anInterruptEndsGitAndWhatItStarted() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            List<Throwable> thrown = new CopyOnWriteArrayList<>();
            Thread fetching = Thread.ofVirtual().start(() -> {
                try {
                    fetch("http://127.0.0.1:" + silent.getLocalPort() + "/r.git");
                } catch (IOException | RuntimeException e) {
                    thrown.add(e);
                }
            });
            silent.accept();
            String mark = "127.0.0.1:" + silent.getLocalPort();
            assertThat(processesNaming(mark)).isNotZero();
            fetching.interrupt();
            fetching.join();

            assertThat(thrown).singleElement().isInstanceOf(CancelledException.class);
            assertThat(processesNaming(mark)).isZero();
        }
    }

    private static long processesNaming(String text) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(text))
                .count();
    }
}
