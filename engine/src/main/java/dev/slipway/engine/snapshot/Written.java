package dev.slipway.engine.snapshot;

import java.nio.file.Path;

/**
 * What work on a writable view left.
 *
 * @param layer directory of the new layer; nobody changes it any more
 * @param value what the work returned
 */
public record Written<T>(Path layer, T value) {}
