/** The parts of a build request, one a topic. */
@NullMarked
package dev.slipway.engine.request;

import org.jspecify.annotations.NullMarked;
