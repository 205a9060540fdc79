/** The stand-in's own storage: repositories as folders, so that a restart keeps everything. */
@NullMarked
package dev.slipway.localecr.store;

import org.jspecify.annotations.NullMarked;
