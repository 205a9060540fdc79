package dev.slipway.engine.snapshot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file tree as a stack of directories, base first. Each is one layer in overlay form: a character device 0:0 is a
 * deleted name, the attribute {@code trusted.overlay.opaque}, or {@code user.overlay.opaque} in a user namespace, hides what
 * is below a directory.
 */
public record Tree(List<Path> layers) {
    public static final Tree EMPTY = new Tree(List.of());

    public Tree {
        layers = List.copyOf(layers);
    }

    public Tree plus(Path layer) {
        List<Path> all = new ArrayList<>(layers);
        all.add(layer);
        return new Tree(all);
    }
}
