/** The second origin, S3 in reality, that layers are downloaded from. */
@NullMarked
package dev.slipway.localecr.origin;

import org.jspecify.annotations.NullMarked;
