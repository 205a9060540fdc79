/** The one secret of the stand-in and what it signs: registry tokens, session credentials, addresses of layers. */
@NullMarked
package dev.slipway.localecr.key;

import org.jspecify.annotations.NullMarked;
