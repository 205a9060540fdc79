/** The AWS SDK on the transport that everything else uses. */
@NullMarked
package dev.slipway.aws.http;

import org.jspecify.annotations.NullMarked;
