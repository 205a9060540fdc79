package dev.slipway.engine.copy;

/**
 * A numeric owner.
 *
 * @param uid user id inside the image
 * @param gid group id inside the image
 */
public record Ownership(int uid, int gid) {
    public static final Ownership ROOT = new Ownership(0, 0);
}
