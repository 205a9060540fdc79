@NullMarked
package dev.slipway.registry.endpoint;

import org.jspecify.annotations.NullMarked;
