/** One small object for each call of the distribution specification, and what carries them out. */
@NullMarked
package dev.slipway.registry.endpoint;

import org.jspecify.annotations.NullMarked;
