/** The checks of {@code slipway check}: what a Dockerfile may say but had better not. */
@NullMarked
package dev.slipway.dockerfile.lint;

import org.jspecify.annotations.NullMarked;
