/** The one retry policy: what to repeat is the caller's knowledge, when to repeat is decided here. */
@NullMarked
package dev.slipway.foundation.retry;

import org.jspecify.annotations.NullMarked;
