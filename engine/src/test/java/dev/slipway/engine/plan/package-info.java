@NullMarked
package dev.slipway.engine.plan;

import org.jspecify.annotations.NullMarked;
