package dev.slipway.foundation.linux;

/** How a file is opened. {@code O_CLOEXEC} and {@code O_LARGEFILE} are always set. */
public enum OpenFlag {
    WRITE_ONLY(1),
    READ_WRITE(2),
    CREATE(0100),
    /** Fails if the name exists, be it a dangling symlink. */
    EXCLUSIVE(0200),
    TRUNCATE(01000),
    /** Never waits, e.g. for the other end of a fifo. */
    NON_BLOCKING(04000),
    /** Fails with {@code ELOOP} if the last name is a symlink. */
    NO_FOLLOW(Machine.THIS.openNoFollow),
    DIRECTORY(Machine.THIS.openDirectory),
    /** Only a place in the tree: for stat and as a start of other calls. */
    PATH_ONLY(010000000);

    private static final int CLOSE_ON_EXEC = 02000000;

    private final int bits;

    OpenFlag(int bits) {
        this.bits = bits;
    }

    static int bits(OpenFlag... flags) {
        int all = CLOSE_ON_EXEC;
        for (OpenFlag flag : flags) {
            all |= flag.bits;
        }
        return all;
    }
}
