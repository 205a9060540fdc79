/** What a running command tells its observers. */
@NullMarked
package dev.slipway.foundation.event;

import org.jspecify.annotations.NullMarked;
