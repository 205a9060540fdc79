package dev.slipway.engine.plan;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.stage.Stage;
import dev.slipway.image.model.Platform;
import java.util.ArrayList;
import java.util.List;

/**
 * A stage with its references resolved.
 *
 * @param platform of what the stage stands on
 * @param instructions the triggers of the base, then those of the Dockerfile
 */
public record StageNode(Stage stage, Base base, Platform platform, List<StageInstruction> instructions) {
    public StageNode {
        requireNonNull(stage, "stage is null");
        requireNonNull(base, "base is null");
        requireNonNull(platform, "platform is null");
        instructions = List.copyOf(instructions);
    }

    int index() {
        return stage.index();
    }

    /** The stage's name, else {@code stage-<index>}. */
    public String label() {
        return stage.label();
    }

    /** The same with triggers in front. */
    StageNode triggered(List<StageInstruction> triggers) {
        List<StageInstruction> all = new ArrayList<>(triggers);
        all.addAll(instructions);
        return new StageNode(stage, base, platform, all);
    }

    /** The stages that have to be there before this one can run. */
    List<Integer> stages() {
        List<Integer> stages = new ArrayList<>();
        if (base instanceof Base.OfStage(int index)) {
            stages.add(index);
        }
        for (StageInstruction instruction : instructions) {
            for (FileSource source : instruction.uses()) {
                if (source instanceof FileSource.OfStage(int index)) {
                    stages.add(index);
                }
            }
        }
        return stages;
    }

    /** The images that it stands on or takes files from. */
    List<ImageKey> images() {
        List<ImageKey> images = new ArrayList<>();
        if (base instanceof Base.OfImage(ImageKey image)) {
            images.add(image);
        }
        for (StageInstruction instruction : instructions) {
            for (FileSource source : instruction.uses()) {
                if (source instanceof FileSource.OfImage(ImageKey image)) {
                    images.add(image);
                }
            }
        }
        return images;
    }
}
