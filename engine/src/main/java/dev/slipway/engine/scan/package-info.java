/** Finds what changed in a directory since it was last looked at, where no overlay says it. */
@NullMarked
package dev.slipway.engine.scan;

import org.jspecify.annotations.NullMarked;
