/** Image references: parsing and normalisation. */
@NullMarked
package dev.slipway.image.reference;

import org.jspecify.annotations.NullMarked;
