package dev.slipway.image.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.image.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerTreesIT {
    private static final Digest LAYER = Digest.of(new byte[0]);

    @TempDir
    Path home;

    private LayerTrees trees;

    @BeforeEach
    void openTrees() throws IOException {
        trees = LayerTrees.open(home);
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("trees/unfinished"))) {
            return files.toList();
        }
    }

    @Test
    void unpacksOnce() throws IOException {
        Path tree = trees.obtain(LAYER, directory -> {
            assertThat(directory).isEmptyDirectory();
            Files.writeString(directory.resolve("file"), "content");
        });
        assertThat(tree.resolve("file")).hasContent("content");
        assertThat(trees.obtain(LAYER, directory -> {
                    throw new AssertionError("unpacked twice");
                }))
                .isEqualTo(tree);
        assertThat(unfinished()).isEmpty();
        assertThat(trees.list()).containsExactly(LAYER);
        assertThat(trees.find(LAYER)).contains(tree);
    }

    @Test
    void knowsWhatALayerTakes() throws IOException {
        trees.obtain(LAYER, directory -> {
            Path file = Files.write(directory.resolve("file"), new byte[100_000]);
            Files.createLink(directory.resolve("link"), file);
            Files.createSymbolicLink(directory.resolve("loop"), Path.of("."));
        });
        assertThat(trees.size(LAYER)).isBetween(100_000L, 150_000L);
    }

    @Test
    void keepsNothingOfWhatFails() throws IOException {
        assertThatThrownBy(() -> trees.obtain(LAYER, directory -> {
                    Files.writeString(directory.resolve("half"), "half");
                    throw new IOException("broken");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("broken");
        assertThatThrownBy(() -> trees.obtain(LAYER, directory -> {
                    throw new IllegalStateException("defect");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(trees.find(LAYER)).isEmpty();
        assertThat(unfinished()).isEmpty();
        assertThat(trees.obtain(LAYER, directory -> {})).isEmptyDirectory();
    }

    /** A tar that is not what its DiffID says is never taken for the layer. */
    @Test
    void keepsNothingOfAnotherDiffId() {
        assertThatThrownBy(() -> trees.obtain(LAYER, directory -> {
                    try (VerifyingInputStream tar =
                            new VerifyingInputStream(new ByteArrayInputStream(new byte[] {1}), LAYER)) {
                        tar.verify();
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("should be " + LAYER);
        assertThat(trees.find(LAYER)).isEmpty();
    }

    @Test
    void fullDiskIsTheMachinesFault() {
        assertThatThrownBy(() -> trees.obtain(LAYER, directory -> {
                    throw new LinuxException("write", "a", Errno.ENOSPC);
                }))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("no space left");
    }

    @Test
    void removesALayer() throws IOException {
        Path tree = trees.obtain(LAYER, directory -> Files.writeString(directory.resolve("file"), "content"));
        trees.remove(LAYER);
        trees.remove(LAYER);
        assertThat(tree).doesNotExist();
        assertThat(unfinished()).isEmpty();
        assertThat(trees.list()).isEmpty();
    }

    @Test
    void oneUnpacksAndTheOthersWaitInThreadsAndProcesses() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(ChildProcess.start(ChildProcess.SlowUnpack.class, home));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Path> obtaining =
                    () -> LayerTrees.open(home).obtain(LAYER, directory -> ChildProcess.slowly(home, directory));
            for (Future<Path> tree : threads.invokeAll(Collections.nCopies(10, obtaining))) {
                assertThat(tree.get().resolve("file")).hasContent("content");
            }
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(home.resolve("unpacked")).hasContent("once");
    }

    @Test
    void whatADeadProcessBeganIsBegunAnew() throws Exception {
        Process killed = ChildProcess.start(ChildProcess.HangingUnpack.class, home);
        ChildProcess.awaitReady(killed);
        trees.removeStale();
        assertThat(unfinished()).hasSize(1);
        killed.destroyForcibly().waitFor();
        Path tree = trees.obtain(LAYER, directory -> assertThat(directory).isEmptyDirectory());
        assertThat(tree).isEmptyDirectory();
    }

    @Test
    void whatADeadProcessBeganIsRemoved() throws Exception {
        Process killed = ChildProcess.start(ChildProcess.HangingUnpack.class, home);
        ChildProcess.awaitReady(killed);
        killed.destroyForcibly().waitFor();
        assertThat(unfinished()).hasSize(1);
        trees.removeStale();
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void interruptionEndsTheWaiting() throws Exception {
        Process other = ChildProcess.start(ChildProcess.HangingUnpack.class, home);
        ChildProcess.awaitReady(other);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> trees.obtain(LAYER, directory -> {})).isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
        other.destroyForcibly().waitFor();
    }
}
