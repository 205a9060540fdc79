/** AWS partitions and what follows from a region's name. */
@NullMarked
package dev.slipway.aws.region;

import org.jspecify.annotations.NullMarked;
