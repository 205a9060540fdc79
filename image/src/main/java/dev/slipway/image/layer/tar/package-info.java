/**
 * The tar format on bytes: ustar, PAX (POSIX.1-2001) and what GNU tar adds. Names and attribute values are bytes, since
 * file capabilities are not text and names need not be UTF-8. Knows nothing of layers.
 */
@NullMarked
package dev.slipway.image.layer.tar;

import org.jspecify.annotations.NullMarked;
