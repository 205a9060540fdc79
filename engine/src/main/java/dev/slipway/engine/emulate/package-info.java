/** Whether this machine can run commands of another architecture. */
@NullMarked
package dev.slipway.engine.emulate;

import org.jspecify.annotations.NullMarked;
