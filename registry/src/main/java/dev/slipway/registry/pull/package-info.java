/** Images read from registries. */
@NullMarked
package dev.slipway.registry.pull;

import org.jspecify.annotations.NullMarked;
