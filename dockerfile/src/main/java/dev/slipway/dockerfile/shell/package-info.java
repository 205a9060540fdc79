/** The expansion of variables in instructions, as pure functions. */
@NullMarked
package dev.slipway.dockerfile.shell;

import org.jspecify.annotations.NullMarked;
