/** The one scope for concurrent work. */
@NullMarked
package dev.slipway.foundation.concurrent;

import org.jspecify.annotations.NullMarked;
