@NullMarked
package dev.slipway.engine.emulate;

import org.jspecify.annotations.NullMarked;
