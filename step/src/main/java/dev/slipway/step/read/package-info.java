/** From a YAML document to a step, with every fault reported at once. */
@NullMarked
package dev.slipway.step.read;

import org.jspecify.annotations.NullMarked;
