package dev.slipway.engine.solve;

import dev.slipway.engine.plan.ImageKey;
import dev.slipway.engine.plan.Plan;
import dev.slipway.image.transfer.SourceImage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan together with the images that it names, found and verified; nothing has run yet.
 *
 * @param images by the key that the plan knows them by
 */
record PlannedBuild(Plan plan, Map<ImageKey, SourceImage> images) {
    PlannedBuild {
        images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
    }

    /** The images whose files are needed. */
    List<SourceImage> treeImages() {
        return plan.treeImages().stream()
                .flatMap(key -> Optional.ofNullable(images.get(key)).stream())
                .toList();
    }
}
