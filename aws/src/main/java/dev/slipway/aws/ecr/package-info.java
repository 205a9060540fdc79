/** Amazon ECR: registry hosts, tokens, repositories. */
@NullMarked
package dev.slipway.aws.ecr;

import org.jspecify.annotations.NullMarked;
