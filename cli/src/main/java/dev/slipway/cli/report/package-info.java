/** What a user sees at the end of a command. */
@NullMarked
package dev.slipway.cli.report;

import org.jspecify.annotations.NullMarked;
