/** The registry client against the local ECR. */
@NullMarked
package dev.slipway.it.registry;

import org.jspecify.annotations.NullMarked;
