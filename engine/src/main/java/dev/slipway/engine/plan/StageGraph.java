package dev.slipway.engine.plan;

import dev.slipway.dockerfile.stage.Dockerfile;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * Which stages a build needs and what they stand on. What FROM and {@code --from} name is resolved here, before any image
 * is asked for.
 *
 * @param nodes the needed stages by index, ascending, so that each comes after those it uses
 * @param target index of the stage that becomes the image
 */
public record StageGraph(
        Dockerfile dockerfile, GlobalScope globals, SequencedMap<Integer, StageNode> nodes, int target) {
    /** Every image that the needed stages stand on or copy from. */
    public SequencedSet<ImageKey> images() {
        SequencedSet<ImageKey> images = new LinkedHashSet<>();
        for (StageNode node : nodes.values()) {
            if (node.base() instanceof Base.OfImage(ImageKey image)) {
                images.add(image);
            }
            node.sources().values().forEach(source -> {
                if (source instanceof FileSource.OfImage(ImageKey image)) {
                    images.add(image);
                }
            });
        }
        return images;
    }
}
