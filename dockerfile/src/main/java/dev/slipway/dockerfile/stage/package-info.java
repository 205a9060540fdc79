/** A Dockerfile as a whole: its directives, its global arguments and its stages. */
@NullMarked
package dev.slipway.dockerfile.stage;

import org.jspecify.annotations.NullMarked;
