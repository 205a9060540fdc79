@NullMarked
package dev.slipway.engine.context;

import org.jspecify.annotations.NullMarked;
