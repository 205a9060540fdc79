package dev.slipway.engine.plan;

import static java.util.Objects.requireNonNull;

import dev.slipway.dockerfile.source.SourceReference;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * What a build does.
 *
 * @param stages the needed ones by index, each after those it uses
 * @param target index of the stage that becomes the image
 * @param image what is said of the image
 * @param treeImages images whose files are needed, not only their configuration
 * @param hostname of the machine that commands see
 * @param epoch what SOURCE_DATE_EPOCH is
 * @param warnings what the user should know before it starts
 */
public record Plan(
        SequencedMap<Integer, StagePlan> stages,
        int target,
        Image image,
        SequencedSet<ImageKey> treeImages,
        String hostname,
        Optional<Instant> epoch,
        List<Problem> warnings) {
    public Plan {
        requireNonNull(epoch, "epoch is null");
        warnings = List.copyOf(warnings);
    }

    /**
     * The image that the target stage becomes.
     *
     * @param author of MAINTAINER or the base; empty where there is none
     */
    public record Image(ContainerConfig config, String author, Platform platform) {}

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

    /** The platforms whose programs have to run here, each with the first command that needs it. */
    public Map<Platform, Place> commandPlatforms() {
        Map<Platform, Place> platforms = new LinkedHashMap<>();
        for (StagePlan stage : stages.values()) {
            for (StageStep step : stage.steps()) {
                if (step.operation().orElse(null) instanceof Operation.Run run) {
                    platforms.putIfAbsent(stage.platform(), run.place());
                }
            }
        }
        return platforms;
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
