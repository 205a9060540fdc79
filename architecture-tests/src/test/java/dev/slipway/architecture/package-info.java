/** The rules of the house, as data and as tests. */
@NullMarked
package dev.slipway.architecture;

import org.jspecify.annotations.NullMarked;
