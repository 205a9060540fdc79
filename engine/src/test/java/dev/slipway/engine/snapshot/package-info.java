@NullMarked
package dev.slipway.engine.snapshot;

import org.jspecify.annotations.NullMarked;
