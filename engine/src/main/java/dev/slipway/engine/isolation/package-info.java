/** What a build works with on the machine that it runs on. */
@NullMarked
package dev.slipway.engine.isolation;

import org.jspecify.annotations.NullMarked;
