@NullMarked
package dev.slipway.dockerfile.lint;

import org.jspecify.annotations.NullMarked;
