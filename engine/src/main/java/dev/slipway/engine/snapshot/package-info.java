/** Trees of layers: views of them, and new layers on top. */
@NullMarked
package dev.slipway.engine.snapshot;

import org.jspecify.annotations.NullMarked;
