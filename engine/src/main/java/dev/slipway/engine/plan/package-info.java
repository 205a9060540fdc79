/** From the Dockerfile's text to what has to be done: pure decisions, no file and no network. */
@NullMarked
package dev.slipway.engine.plan;

import org.jspecify.annotations.NullMarked;
