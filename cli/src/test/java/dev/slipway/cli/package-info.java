/** Tests of the commands. */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
