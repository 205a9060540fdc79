/** The one error hierarchy; exit statuses and step error types follow from it. */
@NullMarked
package dev.slipway.foundation.error;

import org.jspecify.annotations.NullMarked;
