@NullMarked
package dev.slipway.registry.pull;

import org.jspecify.annotations.NullMarked;
