package dev.slipway.foundation.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The names in a directory, as bytes. */
public final class DirectoryListing {
    private static final Call GETDENTS64 = Call.ofLong("getdents64", 3);

    private static final int BUFFER = 64 * 1024;

    /** struct linux_dirent64: inode, offset, record length, type, name. */
    private static final int LENGTH_AT = 16;

    private static final int NAME_AT = 19;
    private static final ByteString SELF = ByteString.of(".");
    private static final ByteString PARENT = ByteString.of("..");

    private DirectoryListing() {}

    /** All names, sorted by their bytes, without {@code .} and {@code ..}; from the start, whatever was read before. */
    public static List<ByteString> of(Fd directory) {
        directory.seek(0);
        List<ByteString> names = new ArrayList<>();
        try (Call.Scratch scratch = new Call.Scratch()) {
            MemorySegment buffer = scratch.bytes(BUFFER);
            long size;
            while ((size = GETDENTS64.on(directory, scratch, directory.number(), buffer.address(), BUFFER)) > 0) {
                collect(buffer.asSlice(0, size), names);
            }
        }
        names.sort(null);
        return names;
    }

    private static void collect(MemorySegment records, List<ByteString> names) {
        long at = 0;
        while (at < records.byteSize()) {
            int length = records.get(JAVA_SHORT, at + LENGTH_AT) & 0xffff;
            byte[] field = records.asSlice(at + NAME_AT, length - NAME_AT).toArray(JAVA_BYTE);
            int end = 0;
            while (field[end] != 0) {
                end++;
            }
            ByteString name = ByteString.of(field, 0, end);
            if (!name.equals(SELF) && !name.equals(PARENT)) {
                names.add(name);
            }
            at += length;
        }
    }
}
