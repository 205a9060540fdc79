/** What commands see besides their tree: files of contexts and stages, caches, secrets, agents. */
@NullMarked
package dev.slipway.engine.mount;

import org.jspecify.annotations.NullMarked;
