@NullMarked
package dev.slipway.engine.mount;

import org.jspecify.annotations.NullMarked;
