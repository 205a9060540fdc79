@NullMarked
package dev.slipway.image.compress;

import org.jspecify.annotations.NullMarked;
