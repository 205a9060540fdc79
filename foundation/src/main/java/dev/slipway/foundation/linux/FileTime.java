package dev.slipway.foundation.linux;

/**
 * A time of the file system.
 *
 * @param seconds since 1970, may be negative
 * @param nanos 0 to 999,999,999, added to the seconds
 */
public record FileTime(long seconds, int nanos) implements Comparable<FileTime> {
    private static final int BILLION = 1_000_000_000;

    public static final FileTime EPOCH = new FileTime(0, 0);

    public FileTime {
        if (nanos < 0 || nanos >= BILLION) {
            throw new IllegalArgumentException("nanos is " + nanos);
        }
    }

    public static FileTime ofSeconds(long seconds) {
        return new FileTime(seconds, 0);
    }

    @Override
    public int compareTo(FileTime other) {
        int order = Long.compare(seconds, other.seconds);
        return order != 0 ? order : Integer.compare(nanos, other.nanos);
    }
}
