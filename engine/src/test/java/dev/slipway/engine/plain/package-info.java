@NullMarked
package dev.slipway.engine.plain;

import org.jspecify.annotations.NullMarked;
