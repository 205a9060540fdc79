package dev.slipway.engine.snapshot;

import dev.slipway.foundation.linux.TreeRemoval;
import dev.slipway.image.layer.OverlayMarks;
import dev.slipway.image.store.StoreErrors;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Views by overlay mounts. Each call has a platform thread of its own with a mount namespace of its own: the mounts end
 * with the thread, however it ends, and the processes it starts see them.
 */
public final class OverlaySnapshotter implements Snapshotter {
    private final Workspace workspace;
    private final OverlayMarks marks;

    private OverlaySnapshotter(Workspace workspace, OverlayMarks marks) {
        this.workspace = workspace;
        this.marks = marks;
    }

    /** As root. Layers and mount points will lie in the workspace, and go with it. */
    public static OverlaySnapshotter open(Workspace workspace) {
        return open(workspace, OverlayMarks.TRUSTED);
    }

    /** @param marks what the layers have, and new ones will have: in a user namespace only {@code USER} can be set */
    public static OverlaySnapshotter open(Workspace workspace, OverlayMarks marks) {
        return new OverlaySnapshotter(workspace, marks);
    }

    @Override
    public <T> T read(List<Tree> trees, ReadWork<T> work) {
        Path place = workspace.newDirectory("view");
        try {
            return MountThread.call(() -> withReadOnly(place, trees, work::in));
        } catch (RuntimeException e) {
            throw StoreErrors.writing(workspace.directory(), 0, e);
        } finally {
            TreeRemoval.remove(place);
        }
    }

    @Override
    public <T> Written<T> write(Tree base, List<Tree> sources, WriteWork<T> work) {
        return written(base, (place, _) -> {
            try (Overlay view = Overlay.writable(place, base, marks)) {
                return withReadOnly(place, sources, roots -> work.in(view.root(), roots));
            }
        });
    }

    /** Without an overlay, which would mark the new directories as hiding what is below them. */
    @Override
    public <T> Written<T> writeApart(Tree below, List<Tree> sources, WriteWork<T> work) {
        return written(below, (place, upper) -> withReadOnly(place, sources, roots -> work.in(upper, roots)));
    }

    private interface LayerWork<T> {
        T in(Path place, Path upper);
    }

    private <T> Written<T> written(Tree base, LayerWork<T> work) {
        long need = StoreErrors.needIfFull(workspace.directory());
        Path place = workspace.newDirectory("layer");
        boolean done = false;
        try {
            Path upper = RootAttributes.makeUpper(base, place.resolve("upper"));
            T value = MountThread.call(() -> work.in(place, upper));
            done = true;
            return new Written<>(upper, value);
        } catch (RuntimeException e) {
            throw StoreErrors.writing(workspace.directory(), need, e);
        } finally {
            if (!done) {
                TreeRemoval.remove(place);
            }
        }
    }

    private <T> T withReadOnly(Path place, List<Tree> trees, Function<List<Path>, T> work) {
        Deque<Overlay> views = new ArrayDeque<>();
        List<Path> roots = new ArrayList<>();
        try {
            for (Tree tree : trees) {
                views.push(Overlay.readOnly(place.resolve("source" + roots.size()), tree, marks));
                roots.add(views.getFirst().root());
            }
            return work.apply(roots);
        } finally {
            views.forEach(Overlay::close);
        }
    }
}
