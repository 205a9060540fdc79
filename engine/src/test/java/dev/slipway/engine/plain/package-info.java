@org.jspecify.annotations.NullMarked
package dev.slipway.engine.plain;
