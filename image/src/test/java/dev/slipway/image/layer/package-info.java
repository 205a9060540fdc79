@NullMarked
package dev.slipway.image.layer;

import org.jspecify.annotations.NullMarked;
