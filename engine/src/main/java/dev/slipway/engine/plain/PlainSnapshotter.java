package dev.slipway.engine.plain;

import dev.slipway.engine.scan.SnapshotMode;
import dev.slipway.engine.scan.TreeScan;
import dev.slipway.engine.snapshot.RootAttributes;
import dev.slipway.engine.snapshot.Snapshotter;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.engine.snapshot.WorkThread;
import dev.slipway.engine.snapshot.Workspace;
import dev.slipway.engine.snapshot.Written;
import dev.slipway.foundation.linux.TreeRemoval;
import dev.slipway.image.store.StoreErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Views without mounts: a tree is copied into a working root, work changes it in place, and a scan finds what it changed.
 * The working root goes with the steps of a stage, so that each stage copies its base once; the root that a stage leaves is
 * read by others, and the first stage that stands on it goes on with it.
 *
 * <p>Disk: each stage that runs takes the room of its whole tree, and what a step changes a second time, in its layer; so
 * do images that are only copied from. All goes with the workspace. Time: the copy of a base, once a stage, and a look at
 * each node after each step; with {@code FULL} all files are read after each step.
 *
 * <p>Views of sources are read-only by convention: nothing here could enforce it against root. Other threads and processes
 * see the views, too, as long as the workspace is there.
 */
public final class PlainSnapshotter implements Snapshotter {
    private final Workspace workspace;
    private final WorkingRoots roots;
    private final TreeScan scan;

    private PlainSnapshotter(Workspace workspace, TreeScan scan) {
        this.workspace = workspace;
        this.roots = new WorkingRoots(workspace);
        this.scan = scan;
    }

    /** Working roots and layers will lie in the workspace, and go with it. */
    public static PlainSnapshotter open(Workspace workspace, SnapshotMode mode) {
        return new PlainSnapshotter(workspace, TreeScan.prepare(mode, workspace.newDirectory("scan")));
    }

    /** How changes are found: more is compared than was asked for where the file system does not tell of all writes. */
    public SnapshotMode mode() {
        return scan.mode();
    }

    @Override
    public <T> T read(List<Tree> trees, ReadWork<T> work) {
        try {
            return withSources(trees, paths -> WorkThread.call(() -> work.in(paths)));
        } catch (RuntimeException e) {
            throw StoreErrors.writing(workspace.directory(), 0, e);
        }
    }

    @Override
    public <T> Written<T> write(Tree base, List<Tree> sources, WriteWork<T> work) {
        try {
            return writeIn(roots.take(base), sources, work);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write in " + workspace.directory(), e);
        } catch (RuntimeException e) {
            throw StoreErrors.writing(workspace.directory(), 0, e);
        }
    }

    private <T> Written<T> writeIn(WorkingRoot root, List<Tree> sources, WriteWork<T> work) throws IOException {
        Path place = workspace.newDirectory("layer");
        Path layer = place.resolve("upper");
        boolean done = false;
        try {
            root.remember(scan);
            T value = withSources(sources, paths -> WorkThread.call(() -> work.in(root.directory(), paths)));
            root.record(scan, layer);
            roots.put(root);
            done = true;
            return new Written<>(layer, value);
        } finally {
            if (!done) {
                TreeRemoval.remove(place);
                root.remove(); // whatever the work has done to it
            }
        }
    }

    @Override
    public <T> Written<T> writeApart(Tree below, List<Tree> sources, WriteWork<T> work) {
        Path place = workspace.newDirectory("layer");
        boolean done = false;
        try {
            Path layer = RootAttributes.makeUpper(below, place.resolve("upper"));
            T value = withSources(sources, paths -> WorkThread.call(() -> work.in(layer, paths)));
            done = true;
            return new Written<>(layer, value);
        } catch (RuntimeException e) {
            throw StoreErrors.writing(workspace.directory(), 0, e);
        } finally {
            if (!done) {
                TreeRemoval.remove(place);
            }
        }
    }

    private <T> T withSources(List<Tree> trees, Function<List<Path>, T> work) {
        List<WorkingRoot> shared = new ArrayList<>();
        try {
            for (Tree tree : trees) {
                shared.add(roots.share(tree));
            }
            return work.apply(shared.stream().map(WorkingRoot::directory).toList());
        } finally {
            shared.forEach(roots::release);
        }
    }
}
