@NullMarked
package dev.slipway.foundation.http;

import org.jspecify.annotations.NullMarked;
