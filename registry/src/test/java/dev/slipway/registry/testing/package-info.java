@NullMarked
package dev.slipway.registry.testing;

import org.jspecify.annotations.NullMarked;
