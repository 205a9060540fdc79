package dev.slipway.dockerfile.parse;

/**
 * A piece of a logical line.
 *
 * @param offset where it begins in the logical line
 */
record Word(String text, int offset) {}
