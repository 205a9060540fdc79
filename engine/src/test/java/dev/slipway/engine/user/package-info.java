@NullMarked
package dev.slipway.engine.user;

import org.jspecify.annotations.NullMarked;
