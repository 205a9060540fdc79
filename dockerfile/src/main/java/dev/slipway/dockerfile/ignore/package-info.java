/** The patterns of .dockerignore and COPY --exclude. */
@NullMarked
package dev.slipway.dockerfile.ignore;

import org.jspecify.annotations.NullMarked;
