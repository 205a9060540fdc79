@NullMarked
package dev.slipway.registry.push;

import org.jspecify.annotations.NullMarked;
