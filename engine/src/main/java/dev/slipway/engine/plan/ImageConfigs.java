package dev.slipway.engine.plan;

import dev.slipway.image.model.ImageConfig;
import java.util.Collection;
import java.util.Map;

/**
 * Where a plan gets the configurations of base images from. Asked only when nothing is wrong with the Dockerfile itself;
 * asked again where the triggers of images need further images, for those alone.
 */
@FunctionalInterface
public interface ImageConfigs {
    /**
     * The configuration of each of the images. Of one that is left out, nothing is said: what depends on it is neither
     * told nor planned.
     */
    Map<ImageKey, ImageConfig> of(Collection<ImageKey> images);
}
