/** Who calls the AWS APIs: Signature Version 4, read and verified. */
@NullMarked
package dev.slipway.localecr.sigv4;

import org.jspecify.annotations.NullMarked;
