/** The whole product, as its users start it, against real peers. */
@NullMarked
package dev.slipway.it;

import org.jspecify.annotations.NullMarked;
