/** What a user sees while a command runs. */
@NullMarked
package dev.slipway.cli.progress;

import org.jspecify.annotations.NullMarked;
