package dev.slipway.engine.solve;

import dev.slipway.engine.plan.Operation;
import dev.slipway.engine.snapshot.Tree;

/** Looks at a layer that has been written, before anything names it. Thread-safe. */
@FunctionalInterface
interface LayerCheck {
    /** For builds that are not to be verified. */
    LayerCheck NONE = (_, _, _, _) -> {};

    /**
     * Checks one layer.
     *
     * @param before the tree that the operation worked on
     * @param after the tree that it left
     * @throws dev.slipway.foundation.error.BuildFailedException if the layer does not lead from one to the other
     */
    void check(MadeLayer layer, Tree before, Tree after, Operation operation);
}
