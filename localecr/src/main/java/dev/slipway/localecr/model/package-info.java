/** What ECR knows: registries, names, manifests, tag mutability, and what it refuses. */
@NullMarked
package dev.slipway.localecr.model;

import org.jspecify.annotations.NullMarked;
