/** What registries answer when they do not do what they were asked, and what a user can do about it. */
@NullMarked
package dev.slipway.registry.error;

import org.jspecify.annotations.NullMarked;
