@NullMarked
package dev.slipway.engine.isolation;

import org.jspecify.annotations.NullMarked;
