@NullMarked
package dev.slipway.dockerfile.stage;

import org.jspecify.annotations.NullMarked;
