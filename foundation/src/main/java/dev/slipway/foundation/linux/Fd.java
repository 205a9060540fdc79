package dev.slipway.foundation.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An open file descriptor. Closing twice is harmless; no other thread may use it while it is closed.
 */
public final class Fd implements AutoCloseable {
    /** The working directory of the thread: the start of relative paths where no directory is open. */
    public static final Fd CWD = new Fd(-100, ".");

    private static final Call CLOSE = Call.ofInt("close", 1);
    private static final Call READ = Call.ofLong("read", 3);
    private static final Call WRITE = Call.ofLong("write", 3);
    private static final Call FTRUNCATE = Call.ofInt("ftruncate", 2);
    private static final Call LSEEK = Call.ofLong("lseek", 3);
    private static final Call FLOCK = Call.ofInt("flock", 2);
    private static final Call COPY = Call.ofLong("copy_file_range", 6);
    private static final Call FSYNC = Call.ofInt("fsync", 1);

    private static final int SEEK_SET = 0;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int LOCK_EX_NB = 2 | 4;
    private static final int LOCK_SH_NB = 1 | 4;
    private static final int LOCK_UN = 8;

    private final int number;
    private final String name;
    private boolean closed;

    Fd(int number, String name) {
        this.number = number;
        this.name = name;
    }

    public int number() {
        if (closed) {
            throw new IllegalStateException("closed: " + name);
        }
        return number;
    }

    /** {@code /proc/self/fd/N}: the open file as a path, for calls that take no descriptor. */
    public String procPath() {
        return number == CWD.number ? "/proc/self/cwd" : "/proc/self/fd/" + number();
    }

    /** Reads at most the segment's size; 0 at the end of the file. */
    public long read(MemorySegment into) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            return READ.on(name, scratch, number(), into.address(), into.byteSize());
        }
    }

    /** Writes all of the segment. */
    public void write(MemorySegment from) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            long done = 0;
            while (done < from.byteSize()) {
                done += WRITE.on(name, scratch, number(), from.address() + done, from.byteSize() - done);
            }
        }
    }

    /** Writes all of the bytes. For small content; {@link FdStreams} has a buffer. */
    public void write(byte[] bytes) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            MemorySegment copy = scratch.copy(bytes);
            write(copy.asSlice(0, bytes.length));
        }
    }

    /** Sets the size; the file grows by a hole. */
    public void truncate(long size) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            FTRUNCATE.on(name, scratch, number(), size);
        }
    }

    /** Moves the position to the offset. */
    public void seek(long offset) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            LSEEK.on(name, scratch, number(), offset, SEEK_SET);
        }
    }

    /** The first offset at or after this one that holds data; -1 if only a hole follows. Moves the position. */
    public long nextData(long offset) {
        return seekExtent(offset, SEEK_DATA);
    }

    /** The first offset at or after this one that is in a hole (the end of the file counts); -1 past the end. Moves the position. */
    public long nextHole(long offset) {
        return seekExtent(offset, SEEK_HOLE);
    }

    private long seekExtent(long offset, int whence) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            long found = LSEEK.attempt(scratch, number(), offset, whence);
            if (found == -Errno.ENXIO) {
                return -1;
            }
            if (found < 0) {
                throw new LinuxException(LSEEK.name(), name, (int) -found);
            }
            return found;
        }
    }

    /**
     * Copies within the kernel, sharing extents where the file system can, from both current positions.
     *
     * @return bytes copied; 0 at the end of the source
     */
    public long copyTo(Fd target, long bytes) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            return COPY.on(name + " -> " + target.name, scratch, number(), 0, target.number(), 0, bytes, 0);
        }
    }

    /** Takes the advisory lock of the open file for this process alone; false if another holds it. */
    public boolean tryLock() {
        return lock(LOCK_EX_NB);
    }

    /** Takes the advisory lock together with other readers; false if a writer holds it. */
    public boolean tryLockShared() {
        return lock(LOCK_SH_NB);
    }

    public void unlock() {
        lock(LOCK_UN);
    }

    private boolean lock(int how) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            long result = FLOCK.attempt(scratch, number(), how);
            if (result < 0 && result != -Errno.EAGAIN) {
                throw new LinuxException(FLOCK.name(), name, (int) -result);
            }
            return result == 0;
        }
    }

    /** Waits until the content is on the disk. */
    public void sync() {
        try (Call.Scratch scratch = new Call.Scratch()) {
            FSYNC.on(name, scratch, number());
        }
    }

    @Override
    public void close() {
        if (closed || number == CWD.number) {
            return;
        }
        closed = true;
        try (Call.Scratch scratch = new Call.Scratch()) {
            // An interrupted close has closed: a second attempt could hit another thread's descriptor.
            long result = CLOSE.once(scratch, number);
            if (result < 0 && result != -Errno.EINTR) {
                throw new LinuxException(CLOSE.name(), name, (int) -result);
            }
        }
    }

    /** The name it was opened by, for messages. */
    @Override
    public String toString() {
        return name;
    }

    static byte[] toBytes(MemorySegment segment, long size) {
        return segment.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
    }
}
