@NullMarked
package dev.slipway.foundation.linux;

import org.jspecify.annotations.NullMarked;
