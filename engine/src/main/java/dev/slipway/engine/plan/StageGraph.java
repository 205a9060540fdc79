package dev.slipway.engine.plan;

import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.image.model.ImageConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Which stages a build needs and what they stand on, triggers of base images included.
 *
 * @param nodes the needed stages by index, ascending, so that each comes after those it uses
 * @param target index of the stage that becomes the image
 * @param images the configurations, as far as they are known, of the images that the needed stages stand on or copy from
 */
public record StageGraph(
        Dockerfile dockerfile,
        PlanInputs inputs,
        GlobalScope globals,
        SequencedMap<Integer, StageNode> nodes,
        int target,
        Map<ImageKey, ImageConfig> images) {
    public StageGraph {
        nodes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(nodes));
        images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
    }
}
