package dev.slipway.step.yaml;

import dev.slipway.step.yaml.YamlNode.Scalar;

/** Makes a value of a scalar. */
@FunctionalInterface
public interface ScalarParser<T> {
    /** @throws IllegalArgumentException with what is expected, to stand after the key and what was found */
    T parse(Scalar scalar);
}
