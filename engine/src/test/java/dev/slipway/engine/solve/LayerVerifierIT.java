package dev.slipway.engine.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.plain.PlainSnapshotter;
import dev.slipway.engine.plan.Operation;
import dev.slipway.engine.scan.SnapshotMode;
import dev.slipway.engine.snapshot.OverlaySnapshotter;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.linux.TreeRemoval;
import dev.slipway.image.compress.Compression;
import dev.slipway.image.layer.LayerExport;
import dev.slipway.image.store.FileContentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers are proved alike, however changes were found; needs root. */
class LayerVerifierIT {
    @TempDir
    Path home;

    private Workspace workspace;

    enum Kind {
        OVERLAY,
        PLAIN;

        Snapshotter open(Workspace workspace) {
            return this == OVERLAY
                    ? OverlaySnapshotter.open(workspace)
                    : PlainSnapshotter.open(workspace, SnapshotMode.FULL);
        }
    }

    private interface Change {
        void in(Path root) throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        workspace = Workspace.open(home);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    /** The layers are looked at after the last step, when the trees in between are shown by nothing but layers. */
    @ParameterizedTest
    @EnumSource
    void eachStepIsProvedWhateverCameAfterIt(Kind kind) throws Exception {
        Snapshotter snapshotter = kind.open(workspace);
        List<Tree> trees = steps(snapshotter);
        LayerExporter exporter = exporter(new LayerVerifier(snapshotter, LayerExport.ANY_TIME));

        for (int i = 1; i < trees.size(); i++) {
            MadeLayer layer = exporter.export(trees.get(i), trees.get(i - 1), operation());
            assertThat(layer.fromBase()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLayerOfAnotherStepIsRefused(Kind kind) throws Exception {
        Snapshotter snapshotter = kind.open(workspace);
        List<Tree> trees = steps(snapshotter);
        MadeLayer first = exporter(LayerCheck.NONE).export(trees.get(1), trees.get(0), operation());

        assertThatThrownBy(() -> new LayerVerifier(snapshotter, LayerExport.ANY_TIME)
                        .check(first, trees.get(1), trees.get(2), operation()))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("the layer is not what the instruction left: /");
    }

    private LayerExporter exporter(LayerCheck check) throws IOException {
        return new LayerExporter(FileContentStore.open(home), Compression.GZIP, LayerExport.ANY_TIME, check);
    }

    private static List<Tree> steps(Snapshotter snapshotter) {
        List<Change> changes = List.of(
                root -> {
                    Files.createDirectories(root.resolve("a/b"));
                    Files.writeString(root.resolve("a/b/f"), "f");
                    Files.createLink(root.resolve("a/second"), root.resolve("a/b/f"));
                    Files.createSymbolicLink(root.resolve("a/link"), Path.of("b/f"));
                    Files.writeString(root.resolve("a/other"), "o");
                },
                root -> Files.setAttribute(root.resolve("a/b"), "unix:mode", 0700),
                root -> Files.writeString(root.resolve("a/b/f"), "changed"),
                root -> Files.delete(root.resolve("a/other")),
                root -> {
                    TreeRemoval.remove(root.resolve("a/b"));
                    Files.createDirectory(root.resolve("a/b"));
                    Files.writeString(root.resolve("a/b/new"), "n");
                },
                root -> {
                    TreeRemoval.remove(root.resolve("a"));
                    Files.writeString(root.resolve("a"), "now a file");
                },
                root -> {
                    Files.delete(root.resolve("a"));
                    Files.createDirectory(root.resolve("a"));
                },
                root -> {});
        List<Tree> trees = new ArrayList<>(List.of(Tree.EMPTY));
        for (Change change : changes) {
            trees.add(trees.getLast().plus(write(snapshotter, trees.getLast(), change)));
        }
        return trees;
    }

    private static Path write(Snapshotter snapshotter, Tree base, Change change) {
        return snapshotter
                .write(base, List.of(), (root, _) -> {
                    try {
                        change.in(root);
                        return "";
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .layer();
    }

    private static Operation operation() {
        return new Operation.MakeDirectory(new Place("Dockerfile", 1, 1), "WORKDIR /a", "/a", "", Optional.empty());
    }
}
