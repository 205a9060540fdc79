@NullMarked
package dev.slipway.image.reference;

import org.jspecify.annotations.NullMarked;
