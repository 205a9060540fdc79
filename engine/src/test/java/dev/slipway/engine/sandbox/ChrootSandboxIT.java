package dev.slipway.engine.sandbox;

import static dev.slipway.engine.sandbox.TestBuild.ENV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.plain.PlainSnapshotter;
import dev.slipway.engine.sandbox.SandboxMount.Content;
import dev.slipway.engine.sandbox.SandboxMount.Writes;
import dev.slipway.engine.sandbox.TestBuild.Ran;
import dev.slipway.engine.scan.SnapshotMode;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.engine.snapshot.Written;
import dev.slipway.engine.user.UserIds;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.linux.ConfinedProcesses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands with a changed root, as root; the isolation of a container without privileges is shown elsewhere. */
class ChrootSandboxIT {
    private static final UserIds APP = new UserIds(1000, 1001, List.of(1001, 1002), "/");

    @TempDir
    Path home;

    private TestBuild build;
    private Snapshotter snapshotter;

    @BeforeEach
    void open() throws IOException {
        build = TestBuild.open(home);
        snapshotter = PlainSnapshotter.open(build.workspace(), SnapshotMode.REDO);
    }

    @AfterEach
    void close() {
        build.close();
        assertThat(build.workspace().directory()).doesNotExist();
    }

    private Ran run(ProcessSpec spec) {
        List<String> lines = new CopyOnWriteArrayList<>();
        Written<SandboxExit> written = snapshotter.write(
                build.base(),
                List.of(),
                (root, sources) -> ChrootSandbox.open(build.workspace()).run(root, spec, lines::add));
        return new Ran(written.value(), lines, written.layer());
    }

    private static ProcessSpec sh(String script, SandboxMount... mounts) {
        return TestBuild.spec("sh", "-c", script).withMounts(List.of(mounts));
    }

    @Test
    void theCommandHasItsRootItsUserItsDirectoryAndNothingOfThisEnvironment() throws IOException {
        Ran ran = run(new ProcessSpec(
                List.of("sh", "-c", "id; pwd; umask; env; ls /proc; cat <&0; exit 3"),
                List.of("PATH=/bin", "MARK=a b=ü"),
                "/bin",
                APP,
                "host",
                List.of()));

        assertThat(ran.lines())
                .contains("uid=1000 gid=1001 groups=1001,1002", "/bin", "0022", "MARK=a b=ü", "PATH=/bin")
                .noneMatch(line -> line.startsWith("HOME=") || line.startsWith("JAVA"));
        assertThat(ran.exit()).isEqualTo(new SandboxExit(3, Optional.empty(), false));
        assertThat(ran.written()).isEmpty();
    }

    @Test
    void capabilitiesAreThoseOfDockersDefaultSetAtMost() {
        assertThat(Capabilities.toDrop()).contains("-sys_admin", "-sys_ptrace").doesNotContain("-chown", "-sys_chroot");
        assertThat(run(sh("busybox mount -t tmpfs none /bin || echo refused")).lines())
                .contains("refused");
    }

    /** As an OCI runtime makes it: with what it passes through. */
    @Test
    void aWorkingDirectoryThatIsNotThereIsMade() throws IOException {
        Ran ran = run(new ProcessSpec(
                List.of("/bin/sh", "-c", "pwd; ls -d /passed"),
                List.of("PATH=/bin"),
                "/passed/../to/be",
                UserIds.ROOT,
                "host",
                List.of()));

        assertThat(ran.lines()).containsExactly("/to/be", "/passed");
    }

    /** A script of a heredoc is such a file. */
    @Test
    void aShownFileCanBeExecuted() {
        SandboxMount script =
                new SandboxMount.ShownFile(Content.of("#!/bin/sh\necho done\n"), "/dev/pipes/EOT", 0755, 0, 0);

        assertThat(run(sh("/dev/pipes/EOT", script)).lines()).containsExactly("done");
    }

    @Test
    void aProgramThatIsNotThereAndOneThatMayNotRunEndAsInAShell() {
        assertThat(run(TestBuild.spec("nosuch")).exit().status()).isEqualTo(127);
        assertThat(run(TestBuild.spec("/bin")).exit().status()).isEqualTo(126);
        assertThat(run(sh("kill -9 $$")).exit()).isEqualTo(new SandboxExit(137, Optional.of("SIGKILL"), false));
    }

    @Test
    void devicesAndNetworkFilesAreThereAndLeaveNoTrace() throws IOException {
        Ran ran = run(new ProcessSpec(
                List.of(
                        "sh",
                        "-c",
                        "echo x >/dev/null && busybox head -c 3 /dev/zero | busybox wc -c; cat /etc/hosts; echo y >>/etc/hosts;"
                                + " echo z >/dev/left"),
                ENV,
                "/",
                UserIds.ROOT,
                "host",
                List.of(new HostEntry("extra", "10.1.2.3"))));

        assertThat(ran.exit().status()).as(ran.text()).isZero();
        assertThat(ran.lines()).contains("3", "127.0.0.1\tlocalhost host", "10.1.2.3\textra");
        assertThat(ran.written()).isEmpty();
    }

    @Test
    void whatTheImageHasThereComesBack() throws IOException {
        Path layer = build.layer(root -> {
            Files.createDirectories(root.resolve("etc"));
            Files.writeString(root.resolve("etc/hosts"), "of the image");
            Files.createDirectories(root.resolve("dev"));
            Files.writeString(root.resolve("dev/own"), "of the image");
        });
        Written<String> written = snapshotter.write(build.base().plus(layer), List.of(), (root, sources) -> {
            ChrootSandbox.open(build.workspace())
                    .run(root, sh("echo other >/etc/hosts; cat /dev/own && exit 9; echo new >/etc/new"), line -> {});
            assertThat(root.resolve("etc/hosts")).hasContent("of the image");
            assertThat(root.resolve("dev/own")).hasContent("of the image");
            return "";
        });

        assertThat(new Ran(new SandboxExit(0, Optional.empty(), false), List.of(), written.layer()).written())
                .containsExactly("etc", "etc/new");
    }

    @Test
    void mountsAreCopiesThatGoAgainAndCachesAreWrittenBack() throws IOException {
        Path cache = home.resolve("cache");
        Files.writeString(Files.createDirectories(cache.resolve("sub")).resolve("old"), "old");
        Path source = Files.createDirectories(home.resolve("source"));
        Files.writeString(source.resolve("f"), "read me");
        Ran ran = run(sh(
                "cat /c/sub/old /s/f /run/secrets/token; echo new >/c/new; rm -r /c/sub; echo lost >/s/g; echo t >/t/x;"
                        + " busybox stat -c %a:%u /run/secrets/token; busybox stat -c %a /t",
                new SandboxMount.Bind(cache, "/c", Writes.KEPT),
                new SandboxMount.Bind(source, "/s", Writes.REFUSED),
                new SandboxMount.Tmpfs("/t", OptionalLong.empty()),
                new SandboxMount.ShownFile(Content.of("s3cret"), "/run/secrets/token", 0400, 7, 8)));

        assertThat(ran.text()).contains("oldread mes3cret").contains("400:7").contains("1777");
        assertThat(ran.written()).isEmpty();
        assertThat(cache.resolve("new")).hasContent("new");
        assertThat(cache.resolve("sub")).doesNotExist();
        assertThat(source.resolve("g")).doesNotExist();
    }

    @Test
    void aSecretThatTheCommandMovesIsEmptiedAndTheStepFails() {
        SandboxMount secret = new SandboxMount.ShownFile(Content.of("s3cret"), "/run/token", 0400, 0, 0);

        assertThatThrownBy(() -> run(sh("busybox mv /run/token /kept", secret)))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("/run/token");
        assertThatThrownBy(() -> run(sh("busybox ln /run/token /kept", secret)))
                .isInstanceOf(BuildFailedException.class);
    }

    @Test
    void whatTheCommandPutsInThePlaceOfADirectoryDoesNotLeadOut() throws IOException {
        Path outside = Files.createDirectory(home.resolve("outside"));
        Files.writeString(outside.resolve("hosts"), "of this machine");
        Ran ran = run(sh("busybox mv /etc /etc2; busybox ln -s " + outside + " /etc"));

        assertThat(ran.written()).containsExactly("etc", "etc2");
        assertThat(outside.resolve("hosts")).hasContent("of this machine");
    }

    @Test
    void whatCannotBeKeptApartIsRefused() {
        assertThatThrownBy(() -> run(sh("true").withNetwork(NetworkMode.NONE)))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("network");
        assertThatThrownBy(() -> run(sh("true").withPrivileged(true))).isInstanceOf(MachineException.class);
    }

    @Test
    void aDaemonOfAnotherUserThatHasLeftItsSessionEndsWithTheCommand() {
        Ran ran = run(sh("busybox setsid busybox setuidgid 1234:1234 sh -c 'trap \"\" HUP TERM; sleep 1000' "
                + ">/dev/null 2>&1 & busybox setsid sleep 1000 & sleep 0.2; echo done"));

        assertThat(ran.lines()).contains("done");
        assertThat(ConfinedProcesses.in(build.workspace().directory())).isEmpty();
    }

    @Test
    void anInterruptEndsTheCommandAndEverythingItStarted() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                snapshotter.write(
                        build.base(),
                        List.of(),
                        (root, sources) -> ChrootSandbox.open(build.workspace())
                                .run(
                                        root,
                                        sh("busybox setsid sleep 1000 & echo up; sleep 1000"),
                                        line -> started.countDown()));
            } catch (RuntimeException e) {
                outcome.set(e);
            }
        });
        started.await();
        caller.interrupt();
        assertThat(caller.join(Duration.ofSeconds(60))).isTrue();

        assertThat(outcome.get()).isInstanceOf(CancelledException.class);
        assertThat(ConfinedProcesses.in(build.workspace().directory())).isEmpty();
    }

    @Test
    void noProcessOutlivesTheProgramAndTheNextBuildRemovesTheRest() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HangingChroot.class.getName(),
                        home.resolve("killed").toString())
                .redirectErrorStream(true)
                .start();
        Path builds = home.resolve("killed/builds");
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo("up");
            assertThat(ConfinedProcesses.in(builds)).hasSizeGreaterThanOrEqualTo(2);
        } finally {
            program.destroyForcibly().waitFor();
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!ConfinedProcesses.in(builds).isEmpty()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(20);
        }
        assertThat(Workspace.reap(home.resolve("killed"))).isEmpty();
        assertThat(builds).isEmptyDirectory();
    }
}
