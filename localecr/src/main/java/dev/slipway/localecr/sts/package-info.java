/** The part of the Security Token Service that an SDK calls on its way to ECR. */
@NullMarked
package dev.slipway.localecr.sts;

import org.jspecify.annotations.NullMarked;
