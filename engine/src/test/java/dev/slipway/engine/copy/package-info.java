@NullMarked
package dev.slipway.engine.copy;

import org.jspecify.annotations.NullMarked;
