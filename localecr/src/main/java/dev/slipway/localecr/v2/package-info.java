/** The registry protocol as ECR speaks it, one class an endpoint. */
@NullMarked
package dev.slipway.localecr.v2;

import org.jspecify.annotations.NullMarked;
