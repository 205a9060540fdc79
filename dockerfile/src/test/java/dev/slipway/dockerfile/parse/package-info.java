@NullMarked
package dev.slipway.dockerfile.parse;

import org.jspecify.annotations.NullMarked;
