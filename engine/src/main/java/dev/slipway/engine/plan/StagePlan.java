package dev.slipway.engine.plan;

import dev.slipway.image.model.Platform;
import java.util.List;

/**
 * One stage, ready to run.
 *
 * @param index its place in the Dockerfile, from 0
 * @param label what people call it: its name, else {@code stage-<index>}
 */
public record StagePlan(int index, String label, Base base, Platform platform, List<StageStep> steps) {
    public StagePlan {
        steps = List.copyOf(steps);
    }

    /** How many steps people count: the base, and each instruction that makes a layer. */
    public int length() {
        return 1
                + (int) steps.stream()
                        .filter(step -> step.operation().isPresent())
                        .count();
    }

    /** Whether anything in this stage needs files. */
    public boolean makesLayers() {
        return steps.stream().anyMatch(step -> step.operation().isPresent());
    }
}
