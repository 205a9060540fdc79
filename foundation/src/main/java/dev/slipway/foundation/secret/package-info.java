/** Values that must never be printed. */
@NullMarked
package dev.slipway.foundation.secret;

import org.jspecify.annotations.NullMarked;
