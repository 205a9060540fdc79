package dev.slipway.engine.sandbox;

/** A line of {@code /etc/hosts}. */
public record HostEntry(String name, String address) {}
