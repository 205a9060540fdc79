@NullMarked
package dev.slipway.dockerfile.ignore;

import org.jspecify.annotations.NullMarked;
