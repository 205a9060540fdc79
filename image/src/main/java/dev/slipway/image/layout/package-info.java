/** Images in files: OCI image layouts, as directories and as archives. */
@NullMarked
package dev.slipway.image.layout;

import org.jspecify.annotations.NullMarked;
