@NullMarked
package dev.slipway.image.verify;

import org.jspecify.annotations.NullMarked;
