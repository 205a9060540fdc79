package dev.slipway.engine.plan;

import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
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
    /** What has to be fetched from servers other than registries. */
    public List<SourceReference> remoteSources() {
        List<SourceReference> remote = new ArrayList<>();
        for (StagePlan stage : stages.values()) {
            for (StageStep step : stage.steps()) {
                if (step.operation().orElse(null) instanceof Operation.Copy copy) {
                    copy.sources().stream().filter(SourceReference::isRemote).forEach(remote::add);
                }
            }
        }
        return remote;
    }

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
