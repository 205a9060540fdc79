/** Dockerfiles, one rule each, with the tree, configuration and history that the rule asks for. */
@NullMarked
package dev.slipway.it.execution;

import org.jspecify.annotations.NullMarked;
