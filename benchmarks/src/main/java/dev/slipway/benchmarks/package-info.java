/** Measurements with JMH. Nothing of it gets into the product. */
@NullMarked
package dev.slipway.benchmarks;

import org.jspecify.annotations.NullMarked;
