package dev.slipway.step.run;

import dev.slipway.engine.ImageBuilder;
import dev.slipway.registry.auth.Keychain;

/** Makes the builder that a step's image is built with. */
@FunctionalInterface
public interface Builders {
    /** @param keychain what the builder's pulls and pushes sign in with */
    ImageBuilder builder(Keychain keychain);
}
