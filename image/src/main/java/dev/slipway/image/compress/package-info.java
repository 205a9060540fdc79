/** Compressing and decompressing layers in one pass. */
@NullMarked
package dev.slipway.image.compress;

import org.jspecify.annotations.NullMarked;
