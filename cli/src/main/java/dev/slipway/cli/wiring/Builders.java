package dev.slipway.cli.wiring;

import dev.slipway.engine.BuildEnvironment;
import dev.slipway.engine.ImageBuilder;

/** Makes builders; tests hand in their own. */
@FunctionalInterface
public interface Builders {
    ImageBuilder with(BuildEnvironment environment);
}
