/** From the bytes of a Dockerfile to its instructions, with every fault at its line and column. */
@NullMarked
package dev.slipway.dockerfile.parse;

import org.jspecify.annotations.NullMarked;
