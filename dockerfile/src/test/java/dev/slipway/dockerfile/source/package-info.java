@NullMarked
package dev.slipway.dockerfile.source;

import org.jspecify.annotations.NullMarked;
