@NullMarked
package dev.slipway.engine.sandbox;

import org.jspecify.annotations.NullMarked;
