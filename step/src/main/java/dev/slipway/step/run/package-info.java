/** Turns a step into a build and runs it. */
@NullMarked
package dev.slipway.step.run;

import org.jspecify.annotations.NullMarked;
