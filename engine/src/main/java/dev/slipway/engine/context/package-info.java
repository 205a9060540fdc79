/** Build contexts: where COPY and ADD find their files. */
@NullMarked
package dev.slipway.engine.context;

import org.jspecify.annotations.NullMarked;
