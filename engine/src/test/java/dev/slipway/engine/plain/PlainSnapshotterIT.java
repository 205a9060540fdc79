package dev.slipway.engine.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.scan.SnapshotMode;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.SnapshotterContract;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.engine.snapshot.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract on plain directories. */
class PlainSnapshotterIT extends SnapshotterContract {
    @Override
    protected Snapshotter open(Workspace workspace) {
        return PlainSnapshotter.open(workspace, SnapshotMode.REDO);
    }

    @Test
    void theStepsOfAStageShareOneCopyOfItsBase() throws IOException {
        Tree tree = tree(write(Tree.EMPTY, root -> Files.writeString(root.resolve("f"), "base")));
        for (int i = 0; i < 5; i++) {
            String content = Integer.toString(i);
            tree = tree.plus(write(tree, root -> Files.writeString(root.resolve("f"), content)));
        }

        try (Stream<Path> all = Files.list(workspace.directory())) {
            assertThat(all.filter(path -> path.getFileName().toString().startsWith("tree-")))
                    .hasSize(1);
        }
        assertThat(tree.layers().getLast().resolve("f")).hasContent("4");
    }

    @Test
    void aFileThatIsWrittenInPlaceStaysAsItWasInTheLayersBelow() throws IOException {
        Path first = write(Tree.EMPTY, root -> Files.writeString(root.resolve("f"), "first"));
        write(tree(first), root -> Files.writeString(root.resolve("f"), "other"));

        assertThat(first.resolve("f")).hasContent("first");
    }

    @Test
    void hardLinksAreKeptInTreesAndLayers() throws IOException {
        Path first = write(Tree.EMPTY, root -> {
            Files.writeString(root.resolve("a"), "linked");
            Files.createLink(root.resolve("b"), root.resolve("a"));
        });
        assertThat(stat(first, "a").inode()).isEqualTo(stat(first, "b").inode());
        Path second = write(tree(first), root -> Files.writeString(root.resolve("b"), "both"));

        assertThat(paths(second)).containsExactly("a", "b");
        assertThat(stat(second, "a").inode()).isEqualTo(stat(second, "b").inode());
    }

    @Test
    void holesStayHoles() throws IOException {
        Path layer = write(Tree.EMPTY, root -> {
            try (var file = new java.io.RandomAccessFile(root.resolve("sparse").toFile(), "rw")) {
                file.setLength(1L << 40);
                file.seek(1 << 20);
                file.write(1);
            }
        });

        assertThat(stat(layer, "sparse").size()).isEqualTo(1L << 40);
        assertThat(stat(layer, "sparse").blocks()).isLessThan(1000);
    }
}
