/** Ways to sign in to AWS. */
@NullMarked
package dev.slipway.aws.credentials;

import org.jspecify.annotations.NullMarked;
