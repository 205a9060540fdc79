/** Tests of what ends a command. */
@NullMarked
package dev.slipway.cli.report;

import org.jspecify.annotations.NullMarked;
