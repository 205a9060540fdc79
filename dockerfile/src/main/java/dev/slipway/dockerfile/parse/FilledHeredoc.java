package dev.slipway.dockerfile.parse;

import dev.slipway.dockerfile.instruction.Heredoc;

/**
 * A heredoc with its body.
 *
 * @param start where its word begins in the rest of the statement
 * @param end where its word ends
 */
record FilledHeredoc(Heredoc heredoc, int start, int end) {}
