/** Tests of the wiring. */
@NullMarked
package dev.slipway.cli.wiring;

import org.jspecify.annotations.NullMarked;
