/** The OCI image model: digests, descriptors, manifests, configs. Immutable, no I/O. */
@NullMarked
package dev.slipway.image.model;

import org.jspecify.annotations.NullMarked;
