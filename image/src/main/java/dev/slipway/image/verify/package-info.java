/**
 * Proves that a layer, as it is read back from what will be pushed, leads from one tree to the next. Shares the tar reader
 * with the rest, which the writer of layers does not use, and nothing that knows how an overlay becomes a layer.
 */
@NullMarked
package dev.slipway.image.verify;

import org.jspecify.annotations.NullMarked;
