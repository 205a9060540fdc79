package dev.slipway.foundation.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls against the kernel and the file system they run on; as root, in a mount namespace of their own. */
class LinuxIT {
    private static final ByteString LATIN1 = ByteString.of(new byte[] {'n', (byte) 0xe4, (byte) 0xff});

    @TempDir
    Path directory;

    private Fd root = Fd.CWD;

    @BeforeEach
    void open() {
        assertThat(Processes.effectiveUser()).as("these tests need root").isZero();
        root = Nodes.openDirectory(directory);
    }

    @AfterEach
    void close() {
        root.close();
    }

    @Test
    void everyKindOfNodeIsMadeAndSeenWithAllItsAttributes() throws IOException {
        Nodes.makeDirectory(root, ByteString.of("d"), 0700);
        Nodes.makeSymlink(LATIN1, root, ByteString.of("s"));
        Nodes.makeNode(root, ByteString.of("fifo"), FileType.FIFO, 0640, Device.NONE);
        Nodes.makeNode(root, ByteString.of("disk"), FileType.BLOCK_DEVICE, 0600, new Device(259, 70_000));
        Nodes.makeWhiteout(root, ByteString.of("gone"));
        Files.writeString(directory.resolve("f"), "content");
        Nodes.makeHardlink(root, ByteString.of("f"), root, LATIN1);
        Nodes.changeOwner(root, ByteString.of("s"), 3_000_000, 17);
        Nodes.changeMode(root, ByteString.of("f"), 04751);
        Nodes.changeTimes(root, ByteString.of("f"), FileTime.ofSeconds(5), new FileTime(-7, 999_999_999));

        assertThat(DirectoryListing.of(root))
                .containsExactly(
                        ByteString.of("d"),
                        ByteString.of("disk"),
                        ByteString.of("f"),
                        ByteString.of("fifo"),
                        ByteString.of("gone"),
                        LATIN1,
                        ByteString.of("s"));
        assertThat(Nodes.stat(root, ByteString.of("d")).type()).isEqualTo(FileType.DIRECTORY);
        assertThat(Nodes.stat(root, ByteString.of("gone")).isWhiteout()).isTrue();
        assertThat(Nodes.stat(root, ByteString.of("disk")).device()).isEqualTo(new Device(259, 70_000));
        assertThat(Nodes.stat(root, ByteString.of("disk")).isWhiteout()).isFalse();
        assertThat(Nodes.stat(root, ByteString.of("fifo")).type()).isEqualTo(FileType.FIFO);
        assertThat(Nodes.readLink(root, ByteString.of("s"))).isEqualTo(LATIN1);
        assertThat(Nodes.stat(root, ByteString.of("s")).uid()).isEqualTo(3_000_000);
        assertThat(Nodes.stat(root, ByteString.of("s")).gid()).isEqualTo(17);
        Stat file = Nodes.stat(root, LATIN1);
        assertThat(file.links()).isEqualTo(2);
        assertThat(file.inode()).isEqualTo(Nodes.stat(root, ByteString.of("f")).inode());
        assertThat(file.mode()).isEqualTo(04751);
        assertThat(file.size()).isEqualTo(7);
        assertThat(file.accessed()).isEqualTo(FileTime.ofSeconds(5));
        assertThat(file.modified()).isEqualTo(new FileTime(-7, 999_999_999));
    }

    @Test
    void attributesKeepEveryByteAndTheLongestValues() {
        try (Fd file = Nodes.openAt(root, LATIN1, 0644, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.WRITE_ONLY)) {
            byte[] capability = {1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
            byte[] large = new byte[2000];
            large[1999] = (byte) 0xff;
            Xattrs.set(file, ByteString.of("security.capability"), capability);
            Xattrs.set(root, LATIN1, ByteString.of("user.large"), large);

            assertThat(Xattrs.list(root, LATIN1))
                    .containsExactly(ByteString.of("security.capability"), ByteString.of("user.large"));
            assertThat(Xattrs.get(root, LATIN1, ByteString.of("security.capability")))
                    .hasValue(capability);
            assertThat(Xattrs.get(file, ByteString.of("user.large"))).hasValue(large);
            Xattrs.remove(root, LATIN1, ByteString.of("user.large"));
            assertThat(Xattrs.get(root, LATIN1, ByteString.of("user.large"))).isEmpty();
        }
    }

    @Test
    void aPathInARootNeverLeavesIt() throws IOException {
        Files.createDirectories(directory.resolve("root/etc"));
        Files.writeString(directory.resolve("root/etc/passwd"), "inside");
        Nodes.makeSymlink(ByteString.of("/etc/passwd"), root, ByteString.of("root/absolute"));
        Nodes.makeSymlink(ByteString.of("../../../../../etc/passwd"), root, ByteString.of("root/climbing"));
        try (Fd inner = Nodes.openDirectory(directory.resolve("root"));
                FdStreams streams = new FdStreams()) {
            for (String path : new String[] {"/etc/passwd", "absolute", "climbing", "../../etc/passwd"}) {
                try (Fd file = Nodes.openInRoot(inner, ByteString.of(path), 0)) {
                    assertThat(new String(streams.input(file).readAllBytes(), StandardCharsets.UTF_8))
                            .as(path)
                            .isEqualTo("inside");
                }
            }
            assertThatThrownBy(() -> Nodes.openAt(inner, ByteString.of("absolute"), 0))
                    .isInstanceOfSatisfying(
                            LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ELOOP));
        }
    }

    /** openat2(2), EAGAIN: the kernel asks for another try when something was renamed while it followed {@code ..}. */
    @Test
    void climbingInARootDoesNotFailBecauseOthersRename() throws Exception {
        Files.createDirectories(directory.resolve("root/a/b/c"));
        Files.createDirectory(directory.resolve("here"));
        AtomicBoolean done = new AtomicBoolean();
        Thread renaming = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                assertThat(directory
                                .resolve("here")
                                .toFile()
                                .renameTo(directory.resolve("there").toFile()))
                        .isTrue();
                assertThat(directory
                                .resolve("there")
                                .toFile()
                                .renameTo(directory.resolve("here").toFile()))
                        .isTrue();
            }
        });
        try (Fd inner = Nodes.openDirectory(directory.resolve("root"))) {
            for (int i = 0; i < 20_000; i++) {
                Nodes.openInRoot(inner, ByteString.of("a/b/c/../../b/../../a"), 0)
                        .close();
            }
        } finally {
            done.set(true);
            renaming.join();
        }
    }

    @Test
    void aFailedCallNamesCallPathAndReason() {
        assertThatThrownBy(() -> Nodes.unlink(root, ByteString.of("absent")))
                .isInstanceOf(LinuxException.class)
                .hasMessage("unlinkat " + directory + "/absent: No such file or directory (errno 2)");
        assertThat(Nodes.find(root, ByteString.of("absent"))).isEmpty();
    }

    @Test
    void holesAreFoundAndContentIsCopiedInTheKernel() {
        try (Fd file = Nodes.openAt(root, ByteString.of("sparse"), 0600, OpenFlag.CREATE, OpenFlag.READ_WRITE);
                Fd copy = Nodes.openAt(root, ByteString.of("copy"), 0600, OpenFlag.CREATE, OpenFlag.READ_WRITE)) {
            file.truncate(1 << 20);
            file.seek(512 * 1024);
            file.write(new byte[] {1, 2, 3});
            assertThat(file.nextData(0)).isEqualTo(512 * 1024);
            assertThat(file.nextHole(512 * 1024)).isBetween(512L * 1024 + 3, 1L << 20);
            file.seek(512 * 1024);
            assertThat(file.copyTo(copy, 3)).isEqualTo(3);
            assertThat(Nodes.stat(copy).size()).isEqualTo(3);
        }
    }

    @Test
    void oneLockHolderAtATime() {
        try (Fd one = Nodes.openAt(root, ByteString.of("lock"), 0600, OpenFlag.CREATE);
                Fd two = Nodes.openAt(root, ByteString.of("lock"), 0600, OpenFlag.CREATE)) {
            assertThat(one.tryLock()).isTrue();
            assertThat(two.tryLock()).isFalse();
            one.unlock();
            assertThat(two.tryLockShared()).isTrue();
        }
    }

    @Test
    void aThreadLeavesTheMountNamespaceAndMountsAnOverlayOfRelativePaths() throws Exception {
        Files.createDirectories(directory.resolve("lower"));
        Files.createDirectories(directory.resolve("upper"));
        Files.createDirectories(directory.resolve("work"));
        Files.createDirectories(directory.resolve("merged"));
        Files.writeString(directory.resolve("lower/a"), "x");
        onPlatformThread(() -> {
            Mounts.leaveMountNamespace();
            Mounts.mount("tmpfs", directory.resolve("work"), "tmpfs", Mounts.MS_NOSUID, "size=16m");
            Mounts.unmount(directory.resolve("work"));
            Mounts.changeDirectory(directory);
            Mounts.mount("overlay", Path.of("merged"), "overlay", 0, "lowerdir=lower,upperdir=upper,workdir=work");
            Nodes.unlink(Fd.CWD, ByteString.of("merged/a"));
            Mounts.unmount(Path.of("merged"));
            assertThat(Nodes.stat(Fd.CWD, ByteString.of("upper/a")).isWhiteout())
                    .isTrue();
        });
        assertThat(directory.resolve("merged/a")).doesNotExist();
        assertThat(Nodes.find(Fd.CWD, ByteString.of("upper/a")))
                .as("other threads keep their directory")
                .isEmpty();
    }

    @Test
    void aVirtualThreadMayNotLeaveItsNamespace() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread.ofVirtual()
                .uncaughtExceptionHandler((thread, e) -> thrown.set(e))
                .start(Mounts::leaveMountNamespace)
                .join();
        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void spaceAndProcesses() throws Exception {
        Mounts.Space space = Mounts.space(directory);
        assertThat(space.total()).isPositive();
        assertThat(space.available()).isBetween(1L, space.total());
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        assertThat(Processes.isAlive(sleeper.pid())).isTrue();
        Processes.kill(sleeper.pid(), Processes.SIGKILL);
        assertThat(sleeper.waitFor()).isEqualTo(128 + 9);
        assertThat(Processes.isAlive(sleeper.pid())).isFalse();
    }

    private static void onPlatformThread(Runnable work) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError());
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                work.run();
                thrown.set(new Finished());
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        thread.join();
        if (!(thrown.get() instanceof Finished)) {
            fail("on the other thread", thrown.get());
        }
    }

    private static final class Finished extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
