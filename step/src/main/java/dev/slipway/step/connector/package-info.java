/** Connector files and the secrets they refer to. */
@NullMarked
package dev.slipway.step.connector;

import org.jspecify.annotations.NullMarked;
