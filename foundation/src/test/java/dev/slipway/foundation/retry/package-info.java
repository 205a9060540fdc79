@NullMarked
package dev.slipway.foundation.retry;

import org.jspecify.annotations.NullMarked;
