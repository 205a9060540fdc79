@NullMarked
package dev.slipway.dockerfile.instruction;

import org.jspecify.annotations.NullMarked;
