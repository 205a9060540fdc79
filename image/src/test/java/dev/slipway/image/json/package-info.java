@NullMarked
package dev.slipway.image.json;

import org.jspecify.annotations.NullMarked;
