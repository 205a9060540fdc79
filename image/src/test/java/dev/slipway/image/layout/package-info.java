@NullMarked
package dev.slipway.image.layout;

import org.jspecify.annotations.NullMarked;
