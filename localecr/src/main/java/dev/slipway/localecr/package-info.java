/** A stand-in for Amazon ECR on loopback: the AWS APIs and the registry protocol with ECR's own refusals. */
@NullMarked
package dev.slipway.localecr;

import org.jspecify.annotations.NullMarked;
