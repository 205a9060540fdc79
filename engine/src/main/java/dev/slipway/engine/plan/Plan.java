package dev.slipway.engine.plan;

import dev.slipway.foundation.error.Problem;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * What a build does.
 *
 * @param stages the needed ones by index, each after those it uses
 * @param target index of the stage that becomes the image
 * @param treeImages images whose files are needed, not only their configuration
 * @param warnings what the user should know before it starts
 */
public record Plan(
        SequencedMap<Integer, StagePlan> stages,
        int target,
        SequencedSet<ImageKey> treeImages,
        List<Problem> warnings) {
    public StagePlan targetStage() {
        return stage(target);
    }

    /** A needed stage. */
    public StagePlan stage(int index) {
        StagePlan stage = stages.get(index);
        if (stage == null) {
            throw new IllegalArgumentException("stage " + index + " is not part of the plan");
        }
        return stage;
    }
}
