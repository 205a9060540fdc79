/** YAML documents as trees whose every node knows its place. */
@NullMarked
package dev.slipway.step.yaml;

import org.jspecify.annotations.NullMarked;
