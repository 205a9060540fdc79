package dev.slipway.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.Processes;
import dev.slipway.foundation.linux.Xattrs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract, and what only overlays do, as root. Reference: the kernel's documentation of overlayfs. */
class OverlaySnapshotterIT extends SnapshotterContract {
    @Override
    protected Snapshotter open(Workspace workspace) {
        assertThat(Processes.effectiveUser()).as("these tests need root").isZero();
        return OverlaySnapshotter.open(workspace);
    }

    @Test
    void aDirectoryMadeInPlaceOfADeletedOneIsOpaque() {
        Tree base = tree(write(Tree.EMPTY, root -> {
            Files.createDirectory(root.resolve("d"));
            Files.writeString(root.resolve("d/below"), "");
        }));
        Path layer = write(base, root -> {
            Files.delete(root.resolve("d/below"));
            Files.delete(root.resolve("d"));
            Files.createDirectory(root.resolve("d"));
        });

        try (Fd directory = Nodes.openDirectory(layer.resolve("d"))) {
            assertThat(Xattrs.get(directory, ByteString.of("trusted.overlay.opaque")))
                    .hasValueSatisfying(value -> assertThat(value).isEqualTo("y".getBytes(StandardCharsets.US_ASCII)));
        }
        assertThat(shown(base.plus(layer))).containsExactly("d");
    }

    @Test
    void aDirectoryOfALowerLayerCannotBeRenamedSoThatNoLayerRefersToAnother() {
        Tree base = tree(write(Tree.EMPTY, root -> {
            Files.createDirectory(root.resolve("d"));
            Files.writeString(root.resolve("d/f"), "f");
            Files.writeString(root.resolve("f"), "f");
        }));
        Path layer = write(base, root -> {
            try (Fd directory = Nodes.openDirectory(root)) {
                assertThatThrownBy(() -> Nodes.rename(directory, ByteString.of("d"), directory, ByteString.of("moved")))
                        .hasMessageContaining("errno 18");
                Nodes.rename(directory, ByteString.of("f"), directory, ByteString.of("g"));
            }
        });

        assertThat(paths(layer)).containsExactly("f", "g");
        assertThat(stat(layer, "f").isWhiteout()).isTrue();
        assertThat(layer.resolve("g")).hasContent("f");
    }

    @Test
    void viewsOfSourcesCannotBeWritten() {
        Tree one = tree(write(Tree.EMPTY, root -> Files.writeString(root.resolve("f"), "one")));
        Tree two = one.plus(write(one, root -> Files.writeString(root.resolve("f"), "two")));
        List<String> seen = new ArrayList<>();
        Path layer = snapshotter
                .write(Tree.EMPTY, List.of(one, two, Tree.EMPTY), (root, sources) -> {
                    try {
                        for (Path source : sources.subList(0, 2)) {
                            seen.add(Files.readString(source.resolve("f")));
                            assertThatThrownBy(() -> Files.writeString(source.resolve("g"), ""))
                                    .hasMessageContaining("Read-only");
                        }
                        Files.copy(sources.getFirst().resolve("f"), root.resolve("copied"));
                        return paths(sources.getLast());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .layer();

        assertThat(seen).containsExactly("one", "two");
        assertThat(layer.resolve("copied")).hasContent("one");
    }

    @Test
    void threeHundredLayersAreShown() {
        Path below = write(Tree.EMPTY, root -> Files.writeString(root.resolve("counter"), "base"));
        List<Path> layers = new ArrayList<>(List.of(below));
        IntStream.range(1, 300).forEach(i -> layers.add(plainLayer(i)));
        Tree tree = new Tree(layers);

        assertThat(shown(tree)).hasSize(300).contains("f1", "f299", "counter");
        Path top = write(tree, root -> {
            assertThat(root.resolve("counter")).hasContent("299");
            Files.writeString(root.resolve("top"), "");
        });
        assertThat(paths(top)).containsExactly("top");
    }

    private Path plainLayer(int number) {
        try {
            Path layer =
                    Files.createDirectories(home.resolve("with:colon,comma").resolve("layer" + number));
            Files.writeString(layer.resolve("f" + number), "");
            Files.writeString(layer.resolve("counter"), Integer.toString(number));
            return layer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void moreLayersThanTheKernelTakesAreRefusedWithTheNumber() {
        List<Path> layers = new ArrayList<>();
        IntStream.range(0, 500).forEach(i -> layers.add(home));

        assertThatThrownBy(() -> shown(new Tree(layers)))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("500 layers");
    }

    @Test
    void processesStartedByTheWorkSeeTheViewAndOtherThreadsDoNot() {
        Tree tree = tree(write(Tree.EMPTY, root -> Files.writeString(root.resolve("f"), "in the view")));
        CompletableFuture<Path> question = new CompletableFuture<>();
        FutureTask<Boolean> answer = new FutureTask<>(() -> Files.exists(question.get()));
        Thread.ofPlatform().start(answer);
        String seen = snapshotter.read(List.of(tree), roots -> {
            Path file = roots.getFirst().resolve("f");
            question.complete(file);
            assertThat(answer).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(false);
            return output("cat", file.toString());
        });

        assertThat(seen).isEqualTo("in the view");
        assertThat(Path.of("/proc/self/mountinfo")).content().doesNotContain(workspace.id());
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void nothingAtAllIsKeptOfWorkThatThrows() {
        IllegalStateException thrown = new IllegalStateException("of the work");

        assertThatThrownBy(() -> snapshotter.write(Tree.EMPTY, List.of(), (root, sources) -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThatThrownBy(() -> snapshotter.read(List.of(), roots -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(workspace.directory()).isEmptyDirectory();
    }

    @Test
    void aViewThatTheWorkLeavesInUseGoesAllTheSame() {
        try (Fd open = snapshotter
                .write(Tree.EMPTY, List.of(), (root, sources) -> Nodes.openDirectory(root))
                .value()) {
            assertThat(Nodes.stat(open).isDirectory()).isTrue();
        }
        assertThat(Path.of("/proc/self/mountinfo")).content().doesNotContain(workspace.id());
    }
}
