@NullMarked
package dev.slipway.registry.error;

import org.jspecify.annotations.NullMarked;
