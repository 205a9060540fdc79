/** The step and its connectors as immutable records that check themselves. */
@NullMarked
package dev.slipway.step.model;

import org.jspecify.annotations.NullMarked;
