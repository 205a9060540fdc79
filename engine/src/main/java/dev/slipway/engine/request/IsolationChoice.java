package dev.slipway.engine.request;

/** How commands are kept apart from this machine, as {@code --isolation} says it. */
public enum IsolationChoice {
    /** The best that this machine offers. */
    AUTO,
    /** An OCI runtime on overlay mounts, as root or in a user namespace. */
    OCI,
    /** A changed root directory on plain directories, where no mount is allowed. */
    CHROOT
}
