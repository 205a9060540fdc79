package dev.slipway.foundation.linux;

/** The number of a device: which driver, which of its devices. */
public record Device(int major, int minor) {
    /** 0/0: as a character device it is the overlay file system's mark of a deleted name. */
    public static final Device NONE = new Device(0, 0);

    private static final int MAX_MAJOR = 0xfff;
    private static final int MAX_MINOR = 0xfffff;

    public Device {
        if (major < 0 || major > MAX_MAJOR || minor < 0 || minor > MAX_MINOR) {
            throw new IllegalArgumentException("no device number: " + major + ":" + minor);
        }
    }

    /** The kernel's 32-bit form (include/linux/kdev_t.h, new_encode_dev). */
    long encoded() {
        return (minor & 0xff) | ((long) major << 8) | ((long) (minor & ~0xff) << 12);
    }
}
