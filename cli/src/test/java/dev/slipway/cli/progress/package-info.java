/** Tests of the renderers. */
@NullMarked
package dev.slipway.cli.progress;

import org.jspecify.annotations.NullMarked;
