package dev.slipway.engine.snapshot;

import java.nio.file.Path;
import java.util.List;

/**
 * Shows trees and records what is written on them. Thread-safe; calls do not disturb each other. The views exist for the
 * work alone: when a call returns, or the process dies, no mount is left.
 */
public interface Snapshotter {
    /**
     * Runs work on a writable view of a tree; what it writes becomes a new layer directory, which is kept.
     *
     * @param sources other trees that the work reads
     * @throws RuntimeException what the work throws, as it is; the layer is not kept then
     * @throws dev.slipway.foundation.error.CancelledException if the calling thread is interrupted
     */
    <T> Written<T> write(Tree base, List<Tree> sources, WriteWork<T> work);

    /** Work on views. Runs on a thread of its own, which sees mounts that no other thread sees. */
    @FunctionalInterface
    interface WriteWork<T> {
        /**
         * Does the work.
         *
         * @param root the writable view
         * @param sourceRoots the read-only views, in the order of the sources
         */
        T in(Path root, List<Path> sourceRoots);
    }
}
