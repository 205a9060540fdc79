@NullMarked
package dev.slipway.dockerfile.value;

import org.jspecify.annotations.NullMarked;
