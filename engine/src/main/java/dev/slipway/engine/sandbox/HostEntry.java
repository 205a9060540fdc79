package dev.slipway.engine.sandbox;

import static java.util.Objects.requireNonNull;

/** A line of {@code /etc/hosts}: what {@code --add-host} asks for. */
public record HostEntry(String name, String address) {
    public HostEntry {
        requireNonNull(name, "name is null");
        requireNonNull(address, "address is null");
    }
}
