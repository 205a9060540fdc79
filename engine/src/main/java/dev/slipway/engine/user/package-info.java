/** Users and groups of an image. */
@NullMarked
package dev.slipway.engine.user;

import org.jspecify.annotations.NullMarked;
