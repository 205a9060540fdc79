package dev.slipway.engine.plain;

import dev.slipway.engine.scan.TreeScan;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.foundation.linux.TreeRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A tree in one directory, with what a scan remembers of it. Used by one thread at a time; {@link WorkingRoots} sees to it. */
final class WorkingRoot {
    private final Path place;
    private Tree tree;

    private WorkingRoot(Path place, Tree tree) {
        this.place = place;
        this.tree = tree;
    }

    /**
     * Copies a tree.
     *
     * @param place an empty directory
     */
    static WorkingRoot make(Tree tree, Path place) {
        WorkingRoot root = new WorkingRoot(place, tree);
        boolean done = false;
        try {
            Materializer.copy(tree, root.directory());
            done = true;
            return root;
        } finally {
            if (!done) {
                root.remove();
            }
        }
    }

    Path directory() {
        return place.resolve("root");
    }

    /** The tree that it shows. */
    Tree tree() {
        return tree;
    }

    /** Makes sure that its nodes are remembered: a tree that was only read never needed that. */
    void remember(TreeScan scan) throws IOException {
        if (!Files.exists(index())) {
            scan.remember(directory(), index());
        }
    }

    /** Finds out what changed since it was remembered, and makes a layer of it. */
    void record(TreeScan scan, Path layer) throws IOException {
        Path next = place.resolve("index.new");
        try (LayerWriter writer = LayerWriter.open(directory(), tree, layer)) {
            scan.compare(directory(), index(), next, writer);
            writer.finish();
        }
        Files.move(next, index(), StandardCopyOption.ATOMIC_MOVE);
        tree = tree.plus(layer);
    }

    private Path index() {
        return place.resolve("index");
    }

    void remove() {
        TreeRemoval.remove(place);
    }
}
