/** The ports through which images come and go. */
@NullMarked
package dev.slipway.image.transfer;

import org.jspecify.annotations.NullMarked;
