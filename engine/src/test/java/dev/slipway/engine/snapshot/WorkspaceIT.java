package dev.slipway.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.slipway.foundation.linux.ControlGroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories of builds, living and dead. */
class WorkspaceIT {
    @TempDir
    Path home;

    @Test
    void itIsRemovedWithEverythingInItWhateverTheModes() throws IOException {
        Path outside = Files.createDirectory(home.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "");
        Workspace workspace = Workspace.open(home);
        Path inner = workspace.newDirectory("layer");
        Files.createSymbolicLink(inner.resolve("link"), outside);
        Files.setPosixFilePermissions(
                Files.createDirectory(inner.resolve("closed")), PosixFilePermissions.fromString("---------"));
        workspace.close();

        assertThat(workspace.directory()).doesNotExist();
        assertThat(outside.resolve("kept")).exists();
        assertThatCode(workspace::close).doesNotThrowAnyException();
    }

    @Test
    void nobodyElseCanLookInside() throws IOException {
        try (Workspace workspace = Workspace.open(home)) {
            assertThat(Files.getPosixFilePermissions(workspace.directory().getParent()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void directoriesOfOneNameAreStillDifferent() throws IOException {
        try (Workspace workspace = Workspace.open(home)) {
            assertThat(workspace.newDirectory("a")).isNotEqualTo(workspace.newDirectory("a"));
        }
    }

    @Test
    void theReaperTakesTheDeadAndLeavesTheLiving() throws IOException {
        Path dead = home.resolve("builds/0123456789abcdef");
        Files.createDirectories(dead.resolve("layer-1/upper"));
        Files.writeString(home.resolve("builds/stray"), "not a build");
        try (Workspace living = Workspace.open(home)) {
            assertThat(Workspace.reap(home)).isEmpty();

            assertThat(dead).doesNotExist();
            assertThat(living.directory()).isDirectory();
        }
    }

    @Test
    void theReaperEndsWhatRunsInTheGroupsOfTheDead() throws Exception {
        String id = "slipway-test-" + ProcessHandle.current().pid();
        Files.createDirectories(home.resolve("builds").resolve(id));
        Path group = Files.createDirectories(Path.of("/sys/fs/cgroup/pids/slipway", id, "run-1"));
        Process left = new ProcessBuilder("sleep", "1000").start();
        Files.writeString(group.resolve("cgroup.procs"), Long.toString(left.pid()));

        assertThat(ControlGroups.processes(id)).containsExactly(left.pid());
        assertThat(Workspace.reap(home)).isEmpty();

        assertThat(left.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(group.getParent()).doesNotExist();
        assertThat(home.resolve("builds").resolve(id)).doesNotExist();
    }

    @Test
    void whatCannotBeRemovedIsReportedAndDoesNotStopTheOthers() throws Exception {
        Path busy = Files.createDirectories(home.resolve("builds/a/mounted"));
        Path free = Files.createDirectories(home.resolve("builds/b"));
        run("mount", "-t", "tmpfs", "test", busy.toString());
        try {
            assertThat(Workspace.reap(home))
                    .hasSize(1)
                    .first()
                    .satisfies(problem -> assertThat(problem.toString())
                            .contains(home.resolve("builds/a").toString()));
            assertThat(free).doesNotExist();
        } finally {
            run("umount", busy.toString());
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
