@NullMarked
package dev.slipway.dockerfile.shell;

import org.jspecify.annotations.NullMarked;
