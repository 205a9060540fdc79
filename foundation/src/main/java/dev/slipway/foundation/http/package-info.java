/** The one HTTP transport. */
@NullMarked
package dev.slipway.foundation.http;

import org.jspecify.annotations.NullMarked;
