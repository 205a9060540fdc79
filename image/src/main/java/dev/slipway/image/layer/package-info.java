/**
 * Layers: what a layer says (entries), a layer unpacked into its own directory in the overlay file system's form, and
 * the difference that such a directory makes to those below it, as a layer again.
 *
 * <p>The decisions ({@link dev.slipway.image.layer.OverlayDiff}) are pure and work on
 * {@link dev.slipway.image.layer.TreeDirectory}; the rest reads and writes through {@code foundation.linux}, never
 * through a symlink that leaves the tree.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/layer.md">image-spec, layer</a>
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">the overlay file system</a>
 */
@NullMarked
package dev.slipway.image.layer;

import org.jspecify.annotations.NullMarked;
