/** Images sent to registries. */
@NullMarked
package dev.slipway.registry.push;

import org.jspecify.annotations.NullMarked;
