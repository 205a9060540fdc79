package dev.slipway.foundation.linux;

/** What a node is: the {@code S_IFMT} bits of its mode. */
public enum FileType {
    FIFO(0010000),
    CHARACTER_DEVICE(0020000),
    DIRECTORY(0040000),
    BLOCK_DEVICE(0060000),
    REGULAR(0100000),
    SYMLINK(0120000),
    SOCKET(0140000);

    private static final int MASK = 0170000;

    private final int bits;

    FileType(int bits) {
        this.bits = bits;
    }

    /** The bits in {@code st_mode}. */
    public int bits() {
        return bits;
    }

    /** @throws IllegalArgumentException if the mode has no known type */
    public static FileType ofMode(int mode) {
        for (FileType type : values()) {
            if (type.bits == (mode & MASK)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no file type in mode " + Integer.toOctalString(mode));
    }
}
