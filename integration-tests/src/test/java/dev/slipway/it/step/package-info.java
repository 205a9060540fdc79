/** Whole steps, from their YAML to the stand-in for ECR. */
@NullMarked
package dev.slipway.it.step;

import org.jspecify.annotations.NullMarked;
