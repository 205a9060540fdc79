package dev.slipway.engine.sandbox;

/** What a process sees of the network. */
public enum NetworkMode {
    /** The network of this machine, or of the container that the build runs in. */
    HOST,
    /** A loopback interface of its own, and nothing else. */
    NONE
}
