/** Requests and answers as values over the JDK's HTTP server. */
@NullMarked
package dev.slipway.localecr.http;

import org.jspecify.annotations.NullMarked;
