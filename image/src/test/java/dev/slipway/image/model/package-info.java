@NullMarked
package dev.slipway.image.model;

import org.jspecify.annotations.NullMarked;
