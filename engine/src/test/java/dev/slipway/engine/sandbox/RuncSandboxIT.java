package dev.slipway.engine.sandbox;

import static dev.slipway.engine.sandbox.TestBuild.ENV;
import static dev.slipway.engine.sandbox.TestBuild.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.sandbox.TestBuild.Ran;
import dev.slipway.engine.user.UserIds;
import dev.slipway.foundation.concurrent.TaskScope;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.linux.ControlGroups;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands under a real runtime, on real overlays, as root. Reference: Dockerfile reference, RUN. */
class RuncSandboxIT {
    @TempDir
    Path home;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = TestBuild.open(home);
    }

    @AfterEach
    void close() {
        build.close();
    }

    @Test
    void exitStatusesComeBackAsTheyAre() {
        assertThat(build.sh("exit 0").exit()).isEqualTo(new SandboxExit(0, Optional.empty(), false));
        assertThat(build.sh("exit 42").exit()).isEqualTo(new SandboxExit(42, Optional.empty(), false));
    }

    @Test
    void aSignalHasItsName() {
        assertThat(build.sh("sh -c 'kill -9 $$'; exit $?").exit())
                .isEqualTo(new SandboxExit(137, Optional.of("SIGKILL"), false));
    }

    @Test
    void bothOutputsComeLineByLine() {
        Ran ran = build.sh("echo one; echo two; echo; printf 'last '; echo error >&2; printf 'without end'");

        assertThat(ran.lines())
                .contains("error")
                .filteredOn(line -> !line.equals("error"))
                .containsExactly("one", "two", "", "last without end");
    }

    @Test
    void thereIsNoInput() {
        assertThat(build.sh("cat; echo done").lines()).containsExactly("done");
    }

    @Test
    void aProgramThatIsNotThereEndsAsInAShell() {
        Ran ran = build.run(build.base(), spec("nosuch", "argument"));

        assertThat(ran.exit().status()).isEqualTo(127);
        assertThat(ran.text()).contains("nosuch").contains("not found");
    }

    @Test
    void aFileThatIsNotAProgramEndsAsInAShell() {
        Ran ran = build.run(
                build.base().plus(build.layer(root -> Files.writeString(root.resolve("text"), ""))), spec("/text"));

        assertThat(ran.exit().status()).isEqualTo(126);
        assertThat(ran.text()).contains("/text").contains("permission denied");
    }

    @Test
    void theEnvironmentIsOnlyWhatWasAskedFor() {
        Ran ran = build.run(
                build.base(),
                new ProcessSpec(
                        List.of("env"),
                        List.of("PATH=/bin", "A=b c", "HOME=/here"),
                        "/",
                        UserIds.ROOT,
                        "buildkitsandbox",
                        List.of()));

        assertThat(ran.lines()).containsExactlyInAnyOrder("PATH=/bin", "A=b c", "HOME=/here");
    }

    @Test
    void capabilitiesAreThoseOfDocker() {
        assertThat(build.sh("grep -E 'Cap(Prm|Eff|Bnd)' /proc/self/status").lines())
                .containsExactly("CapPrm:\t00000000a80425fb", "CapEff:\t00000000a80425fb", "CapBnd:\t00000000a80425fb");
    }

    @Test
    void anotherUserHasItsGroupsAndNoCapabilities() {
        Ran ran = build.run(
                build.base(),
                spec(
                        new UserIds(1000, 1001, List.of(1001, 63), "/"),
                        "sh",
                        "-c",
                        "id -u; id -g; id -G; grep CapEff /proc/self/status; echo seen >/dev/stdout"));

        assertThat(ran.lines()).containsExactly("1000", "1001", "1001 63", "CapEff:\t0000000000000000", "seen");
    }

    @Test
    void hostAndProcessesAreItsOwn() {
        Ran ran = build.sh("hostname; echo $$; cat /proc/1/comm; pwd; umask");

        assertThat(ran.lines()).containsExactly("buildkitsandbox", "1", "sh", "/", "0022");
    }

    @Test
    void theKernelIsOutOfReach() {
        Ran ran = build.sh("echo 1 >/proc/sys/kernel/panic; echo x >/sys/power/state; "
                + "cat /proc/kcore | wc -c; busybox mount -t tmpfs x /bin; busybox mknod /disk b 254 0 && cat /disk");

        assertThat(ran.exit().status()).isNotZero();
        assertThat(ran.text())
                .contains("/proc/sys/kernel/panic: Read-only")
                .contains("/sys/power/state: Read-only")
                .contains("'/disk': Operation not permitted");
        assertThat(ran.lines()).contains("0");
    }

    @Test
    void devicesThatProgramsExpectAreThere() {
        Ran ran = build.sh(
                "set -e; echo x >/dev/null; busybox head -c 3 /dev/zero | wc -c; busybox head -c 1 /dev/urandom "
                        + "| wc -c; ls -d /dev/shm /dev/pts /dev/mqueue /dev/fd /dev/stdin /dev/tty /dev/full");

        assertThat(ran.exit().status()).as(ran.text()).isZero();
        assertThat(ran.lines()).startsWith("3", "1");
    }

    @Test
    void hostsAreThoseOfTheBuildAndTheResolverIsThatOfTheMachine() throws IOException {
        Ran ran = build.run(
                build.base(),
                new ProcessSpec(
                        List.of("sh", "-c", "cat /etc/hosts; echo ==; cat /etc/resolv.conf; echo x >>/etc/resolv.conf"),
                        ENV,
                        "/",
                        UserIds.ROOT,
                        "buildkitsandbox",
                        List.of(new HostEntry("db.example", "10.1.2.3"))));

        assertThat(ran.text())
                .contains("127.0.0.1\tlocalhost buildkitsandbox")
                .contains("10.1.2.3\tdb.example")
                .contains(Files.readString(Path.of("/etc/resolv.conf")).strip())
                .contains("Read-only file system");
    }

    @Test
    void aLayerHoldsNothingButWhatTheCommandWrote() throws IOException {
        assertThat(build.sh("cat /etc/hosts /proc/version").written()).isEmpty();
        assertThat(build.sh("echo x >/new").written()).containsExactly("new");
        assertThat(build.sh("echo x >/etc/new").written()).containsExactly("etc", "etc/new");
    }

    @Test
    void directoriesThatWereThereKeepTheirTimes() throws IOException {
        FileTime past = FileTime.fromMillis(1_000_000_000_000L);
        Path layer = build.layer(root -> {
            Files.createDirectory(root.resolve("etc"));
            Files.setLastModifiedTime(root.resolve("etc"), past);
            Files.setLastModifiedTime(root, past);
        });
        Ran ran = build.run(build.base().plus(layer), spec("sh", "-c", "busybox stat -c %Y / /etc"));

        assertThat(ran.lines()).containsExactly("1000000000", "1000000000");
        assertThat(Files.getLastModifiedTime(ran.layer())).isEqualTo(past);
        assertThat(ran.written()).containsExactly("etc"); // copied up, and equal to the one below
        assertThat(Files.getLastModifiedTime(ran.layer().resolve("etc"))).isEqualTo(past);
    }

    @Test
    void aDirectoryThatTheCommandChangesHasTheTimeOfThatChange() throws IOException {
        Path layer = build.layer(root -> {
            Files.createDirectory(root.resolve("etc"));
            Files.setLastModifiedTime(root.resolve("etc"), FileTime.fromMillis(0));
        });
        Ran ran = build.run(build.base().plus(layer), spec("sh", "-c", "echo x >/etc/y; rm /etc/y"));

        assertThat(ran.written()).containsExactly("etc");
        assertThat(Files.getLastModifiedTime(ran.layer().resolve("etc")).toInstant())
                .isAfter(Instant.now().minus(Duration.ofMinutes(5)));
    }

    @Test
    void filesOfTheNetworkThatTheImageHasStayAsTheyAre() throws IOException {
        Path layer = build.layer(root -> {
            Files.createDirectory(root.resolve("etc"));
            Files.writeString(root.resolve("etc/hosts"), "of the image");
            Files.createDirectory(root.resolve("proc"));
        });
        Ran ran = build.run(build.base().plus(layer), spec("cat", "/etc/hosts"));

        assertThat(ran.text()).doesNotContain("of the image").contains("localhost");
        assertThat(ran.written()).doesNotContain("etc/hosts", "proc");
    }

    @Test
    void aResolverThatIsASymlinkIsMountedWhereItLeads() throws IOException {
        Path layer = build.layer(root -> {
            Files.createDirectory(root.resolve("etc"));
            Files.createSymbolicLink(
                    root.resolve("etc/resolv.conf"), Path.of("../run/systemd/resolve/stub-resolv.conf"));
            Files.createSymbolicLink(root.resolve("etc/hosts"), Path.of("/../../outside/hosts"));
        });
        Ran ran = build.run(build.base().plus(layer), spec("cat", "/etc/resolv.conf", "/outside/hosts"));

        assertThat(ran.exit().status()).as(ran.text()).isZero();
        assertThat(ran.text()).contains("nameserver").contains("localhost");
        assertThat(ran.written()).doesNotContain("run", "outside");
    }

    @Test
    void whatIsLeftInTheBackgroundIsKilled() throws IOException {
        long start = System.nanoTime();
        Ran ran = build.sh("(sleep 1000; echo late >/late) & sleep 1000 >/dev/null 2>&1 & echo started");

        assertThat(ran.lines()).containsExactly("started");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        assertThat(ControlGroups.processes(build.workspace().id())).isEmpty();
        assertThat(ran.written()).isEmpty();
    }

    @Test
    void nothingOfARunIsLeftInTheWorkspace() throws IOException {
        Ran ran = build.sh("exit 3");

        try (Stream<Path> all = Files.list(build.workspace().directory())) {
            assertThat(all).containsExactly(ran.layer().getParent());
        }
        assertThat(Files.isDirectory(Path.of(
                        "/sys/fs/cgroup/memory/slipway", build.workspace().id(), "run-2")))
                .isFalse();
    }

    @Test
    void memoryThatRunsOutIsToldApartFromAnyOtherKill() throws IOException {
        SandboxExit exit = build.snapshotter()
                .write(build.base(), List.of(), (root, sources) -> {
                    SandboxLimit limit =
                            SandboxLimit.onceRunning(build.workspace().id(), 30_000_000);
                    try (limit) {
                        return RuncSandbox.open(build.workspace())
                                .run(root, spec("sh", "-c", "sleep 1; busybox tail /dev/zero"), line -> {});
                    }
                })
                .value();

        assertThat(exit).isEqualTo(new SandboxExit(137, Optional.of("SIGKILL"), true));
    }

    @Test
    void aTreeTooDeepForAnyPathGoesWithTheWorkspace() {
        Ran ran = build.sh("i=0; while [ $i -lt 1500 ]; do mkdir d && cd d || exit 9; i=$((i+1)); done");
        assertThat(ran.exit().status()).as(ran.text()).isZero();
        build.close();

        assertThat(build.workspace().directory()).doesNotExist();
    }

    @Test
    void theNetworkIsThatOfTheMachine() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ran ran = build.sh("cat /proc/net/tcp /proc/net/tcp6");

            assertThat(ran.text()).contains(listening(server));
        }
    }

    @Test
    void withoutNetworkThereIsOnlyALoopbackOfItsOwn() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProcessSpec isolated = new ProcessSpec(
                            List.of(
                                    "sh",
                                    "-c",
                                    "busybox ip -o link | busybox cut -d' ' -f2; busybox ping -c1 -W2 127.0.0.1 >/dev/null "
                                            + "&& echo up; cat /proc/net/tcp /proc/net/tcp6"),
                            ENV,
                            "/",
                            UserIds.ROOT,
                            "buildkitsandbox",
                            List.of())
                    .withNetwork(NetworkMode.NONE);

            Ran ran = build.run(build.base(), isolated);
            assertThat(ran.lines()).contains("lo:", "up");
            assertThat(ran.text()).doesNotContain(listening(server));
        }
    }

    /** As in {@code /proc/net/tcp}: the port and the state. */
    private static String listening(ServerSocket server) {
        return String.format(":%04X 0000", server.getLocalPort());
    }

    @Test
    void anInterruptEndsTheCommandAndEverythingItStarted() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                build.snapshotter()
                        .write(
                                build.base(),
                                List.of(),
                                (root, sources) -> RuncSandbox.open(build.workspace())
                                        .run(
                                                root,
                                                spec("sh", "-c", "sleep 1000 >/dev/null 2>&1 & echo up; sleep 1000"),
                                                line -> started.countDown()));
            } catch (RuntimeException e) {
                outcome.set(e);
            }
        });
        started.await();
        caller.interrupt();
        caller.join(Duration.ofSeconds(60));

        assertThat(outcome.get()).isInstanceOf(CancelledException.class);
        assertThat(ControlGroups.processes(build.workspace().id())).isEmpty();
        try (Stream<Path> left = Files.list(build.workspace().directory())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatTheOutputsReaderThrowsComesBack() {
        assertThatThrownBy(() -> build.snapshotter()
                        .write(
                                build.base(),
                                List.of(),
                                (root, sources) -> RuncSandbox.open(build.workspace())
                                        .run(root, spec("sh", "-c", "busybox seq 100000"), line -> {
                                            throw new IllegalStateException("of the reader");
                                        })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("of the reader");
    }

    @Test
    void commandsRunSideBySide() throws Exception {
        try (TaskScope scope = new TaskScope(4)) {
            List<Future<Ran>> runs = IntStream.range(0, 8)
                    .mapToObj(i -> scope.fork("run " + i, () -> build.sh("echo " + i + " >/f; cat /f")))
                    .toList();
            scope.join();
            for (int i = 0; i < runs.size(); i++) {
                Ran ran = runs.get(i).get();
                assertThat(ran.lines()).containsExactly(Integer.toString(i));
                assertThat(Files.readString(ran.layer().resolve("f"))).isEqualTo(i + "\n");
            }
        }
    }

    @Test
    void symlinksOfTheImageDoNotLeadOut() throws IOException {
        Path layer = build.layer(root -> Files.createSymbolicLink(root.resolve("etc"), home.resolve("outside")));
        Ran ran = build.run(build.base().plus(layer), spec("cat", "/etc/hosts"));

        assertThat(ran.text()).contains("localhost");
        assertThat(home.resolve("outside")).doesNotExist();
        assertThat(Files.exists(ran.layer().resolve("etc"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }
}
