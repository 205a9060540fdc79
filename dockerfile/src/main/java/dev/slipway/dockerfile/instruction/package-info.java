/** One record for each instruction of a Dockerfile; values that a build expands are kept as written. */
@NullMarked
package dev.slipway.dockerfile.instruction;

import org.jspecify.annotations.NullMarked;
