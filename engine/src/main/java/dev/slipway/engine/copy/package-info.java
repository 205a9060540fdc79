/** COPY and ADD: which files, to where, as whose. */
@NullMarked
package dev.slipway.engine.copy;

import org.jspecify.annotations.NullMarked;
