package dev.slipway.engine.solve;

import dev.slipway.engine.plan.StagePlan;
import dev.slipway.engine.snapshot.Tree;
import dev.slipway.image.model.History;
import java.util.List;
import java.util.concurrent.Future;

/**
 * What a stage left.
 *
 * @param tree its files; empty where no file was needed
 * @param layers base first; those that are still being compressed are done when the scope they run in is joined
 * @param history of the base and of each instruction
 */
record StageResult(StagePlan plan, Tree tree, List<Future<MadeLayer>> layers, List<History> history) {
    StageResult {
        layers = List.copyOf(layers);
        history = List.copyOf(history);
    }
}
