/** What a build is asked for and what it reports. */
@NullMarked
package dev.slipway.engine;

import org.jspecify.annotations.NullMarked;
