/** Joins the modules for a command. */
@NullMarked
package dev.slipway.cli.wiring;

import org.jspecify.annotations.NullMarked;
