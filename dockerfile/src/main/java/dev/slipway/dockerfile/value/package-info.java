/** The small languages inside instructions: ports, signals, durations, modes, JSON arrays. */
@NullMarked
package dev.slipway.dockerfile.value;

import org.jspecify.annotations.NullMarked;
