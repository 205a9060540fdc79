@NullMarked
package dev.slipway.engine.solve;

import org.jspecify.annotations.NullMarked;
