/** Trees and commands where nothing can be mounted: plain directories, and a changed root. */
@NullMarked
package dev.slipway.engine.plain;

import org.jspecify.annotations.NullMarked;
