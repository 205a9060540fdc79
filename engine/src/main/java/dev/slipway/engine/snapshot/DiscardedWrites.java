package dev.slipway.engine.snapshot;

import dev.slipway.image.layer.OverlayMarks;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory that can be written without being changed: what is written lies in another one. Used on a thread that has a
 * mount namespace of its own, as work of a {@link Snapshotter} does.
 */
public final class DiscardedWrites implements AutoCloseable {
    private final Overlay overlay;

    private DiscardedWrites(Overlay overlay) {
        this.overlay = overlay;
    }

    /**
     * Shows the directory.
     *
     * @param place an empty directory for what is written; whoever made it removes it
     * @param marks what this program can set
     */
    public static DiscardedWrites over(Path source, Path place, OverlayMarks marks) {
        Tree tree = new Tree(List.of(source));
        RootAttributes.makeUpper(tree, place.resolve("upper"));
        return new DiscardedWrites(Overlay.writable(place, tree, marks));
    }

    /** Where it can be written. */
    public Path root() {
        return overlay.root();
    }

    @Override
    public void close() {
        overlay.close();
    }
}
