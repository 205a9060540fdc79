/** Names of registries and where they answer. */
@NullMarked
package dev.slipway.registry;

import org.jspecify.annotations.NullMarked;
