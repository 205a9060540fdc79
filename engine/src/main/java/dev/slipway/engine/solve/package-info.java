/** Runs a plan: bases, stages, layers, the image, the push. */
@NullMarked
package dev.slipway.engine.solve;

import org.jspecify.annotations.NullMarked;
