@NullMarked
package dev.slipway.image.store;

import org.jspecify.annotations.NullMarked;
