/** ECR's API: JSON 1.1, one class an operation. */
@NullMarked
package dev.slipway.localecr.control;

import org.jspecify.annotations.NullMarked;
