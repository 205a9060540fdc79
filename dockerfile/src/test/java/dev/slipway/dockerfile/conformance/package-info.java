@NullMarked
package dev.slipway.dockerfile.conformance;

import org.jspecify.annotations.NullMarked;
