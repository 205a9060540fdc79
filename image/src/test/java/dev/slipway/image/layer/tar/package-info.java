@NullMarked
package dev.slipway.image.layer.tar;

import org.jspecify.annotations.NullMarked;
