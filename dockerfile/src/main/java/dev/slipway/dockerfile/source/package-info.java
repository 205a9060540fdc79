/** What the sources of ADD and the addresses of build contexts are: local paths, URLs, git repositories. */
@NullMarked
package dev.slipway.dockerfile.source;

import org.jspecify.annotations.NullMarked;
