@NullMarked
package dev.slipway.engine.check;

import org.jspecify.annotations.NullMarked;
