package dev.slipway.engine;

/**
 * Builds images. Thread-safe; builds share the store and nothing else. A build that fails, is interrupted or killed
 * leaves a usable store, no mount and no process; nothing is pushed before everything has been built.
 */
public interface ImageBuilder {
    /**
     * Builds and, where asked for, pushes. Blocks; an interrupt ends the build.
     *
     * @throws dev.slipway.foundation.error.InvalidInputException if the Dockerfile or the request is wrong; nothing has
     *     been run then
     * @throws dev.slipway.foundation.error.BuildFailedException if an instruction failed
     * @throws dev.slipway.foundation.error.SlipwayException of another kind: see its type
     */
    BuildReport build(BuildRequest request);
}
