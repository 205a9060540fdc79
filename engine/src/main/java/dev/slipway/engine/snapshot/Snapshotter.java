package dev.slipway.engine.snapshot;

import java.nio.file.Path;
import java.util.List;

/**
 * Shows trees and records what is written on them. Thread-safe; calls do not disturb each other. The views exist for the
 * work alone: when a call returns, or the process dies, no mount is left.
 *
 * <p>Work runs on a platform thread of its own, which alone sees the views; the processes that it starts see them, too,
 * threads that already run do not. An interrupt of the caller is passed on to that thread, and the call ends when the
 * work has.
 */
public interface Snapshotter {
    /**
     * Runs work on views that cannot be written.
     *
     * @return what the work returns
     * @throws RuntimeException what the work throws, as it is
     * @throws dev.slipway.foundation.error.MachineException if trees cannot be shown here
     */
    <T> T read(List<Tree> trees, ReadWork<T> work);

    /**
     * Runs work on a writable view of a tree; what it writes becomes a new layer directory, which is kept.
     *
     * @param sources other trees that the work reads
     * @throws RuntimeException what the work throws, as it is; the layer is not kept then
     * @throws dev.slipway.foundation.error.MachineException if trees cannot be shown here, or the disk is full
     */
    <T> Written<T> write(Tree base, List<Tree> sources, WriteWork<T> work);

    /**
     * Runs work on an empty directory, which becomes a layer of its own, made without a look at what is below.
     *
     * @param below what the layer will stand on; its root's attributes are kept
     * @param sources other trees that the work reads
     * @throws RuntimeException what the work throws, as it is; the layer is not kept then
     * @throws dev.slipway.foundation.error.MachineException if trees cannot be shown here, or the disk is full
     */
    <T> Written<T> writeApart(Tree below, List<Tree> sources, WriteWork<T> work);

    /** Work on views that cannot be written. */
    @FunctionalInterface
    interface ReadWork<T> {
        /** @param roots the views, in the order of the trees */
        T in(List<Path> roots);
    }

    /** Work on a view that can be written. */
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
