package dev.slipway.foundation.linux;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Extended attributes of a node itself; a symlink in the last name is not followed. Values are bytes. */
public final class Xattrs {
    private static final Call GET = Call.ofLong("lgetxattr", 4);
    private static final Call SET = Call.ofInt("lsetxattr", 5);
    private static final Call LIST = Call.ofLong("llistxattr", 3);
    private static final Call REMOVE = Call.ofInt("lremovexattr", 2);
    private static final Call FGET = Call.ofLong("fgetxattr", 4);
    private static final Call FSET = Call.ofInt("fsetxattr", 5);
    private static final Call FLIST = Call.ofLong("flistxattr", 3);
    private static final Call FREMOVE = Call.ofInt("fremovexattr", 2);

    /** XATTR_SIZE_MAX and XATTR_LIST_MAX of linux/limits.h. */
    private static final int LARGEST = 64 * 1024;

    private static final int USUAL = 512;

    private Xattrs() {}

    /**
     * The value; empty if there is no such attribute, or the file system has none at all.
     *
     * @param name a single name in the directory, or a path whose directories the caller trusts
     */
    public static Optional<byte[]> get(Fd directory, ByteString path, ByteString name) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            return value(GET, Nodes.shown(directory, path), scratch, address(scratch, directory, path), name);
        }
    }

    public static Optional<byte[]> get(Fd file, ByteString name) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            return value(FGET, file.toString(), scratch, file.number(), name);
        }
    }

    public static void set(Fd directory, ByteString path, ByteString name, byte[] value) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            SET.on(
                    Nodes.shown(directory, path) + " " + name,
                    scratch,
                    address(scratch, directory, path),
                    scratch.string(name),
                    scratch.copy(value).address(),
                    value.length,
                    0);
        }
    }

    public static void set(Fd file, ByteString name, byte[] value) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            FSET.on(
                    file + " " + name,
                    scratch,
                    file.number(),
                    scratch.string(name),
                    scratch.copy(value).address(),
                    value.length,
                    0);
        }
    }

    /** The names, sorted; empty where the file system has none. */
    public static List<ByteString> list(Fd directory, ByteString path) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            return names(LIST, Nodes.shown(directory, path), scratch, address(scratch, directory, path));
        }
    }

    public static List<ByteString> list(Fd file) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            return names(FLIST, file.toString(), scratch, file.number());
        }
    }

    public static void remove(Fd directory, ByteString path, ByteString name) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            REMOVE.on(
                    Nodes.shown(directory, path) + " " + name,
                    scratch,
                    address(scratch, directory, path),
                    scratch.string(name));
        }
    }

    public static void remove(Fd file, ByteString name) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            FREMOVE.on(file + " " + name, scratch, file.number(), scratch.string(name));
        }
    }

    /** These calls know no directory descriptors (before Linux 6.13), but follow the open directory's link in /proc. */
    private static long address(Call.Scratch scratch, Fd directory, ByteString path) {
        if (directory == Fd.CWD || (!path.isEmpty() && path.at(0) == '/')) {
            return scratch.string(path);
        }
        return scratch.string(ByteString.of(directory.procPath() + "/").plus(path));
    }

    private static Optional<byte[]> value(
            Call call, String subject, Call.Scratch scratch, long target, ByteString name) {
        long nameAddress = scratch.string(name);
        MemorySegment value = scratch.bytes(USUAL);
        long size = call.attempt(scratch, target, nameAddress, value.address(), USUAL);
        if (size == -Errno.ERANGE) {
            value = scratch.bytes(LARGEST);
            size = call.attempt(scratch, target, nameAddress, value.address(), LARGEST);
        }
        if (size == -Errno.ENODATA || size == -Errno.ENOTSUP) {
            return Optional.empty();
        }
        if (size < 0) {
            throw new LinuxException(call.name(), subject + " " + name, (int) -size);
        }
        return Optional.of(Fd.toBytes(value, size));
    }

    private static List<ByteString> names(Call call, String subject, Call.Scratch scratch, long target) {
        MemorySegment names = scratch.bytes(USUAL);
        long size = call.attempt(scratch, target, names.address(), USUAL);
        if (size == -Errno.ERANGE) {
            names = scratch.bytes(LARGEST);
            size = call.attempt(scratch, target, names.address(), LARGEST);
        }
        if (size == -Errno.ENOTSUP) {
            return List.of();
        }
        if (size < 0) {
            throw new LinuxException(call.name(), subject, (int) -size);
        }
        return split(ByteString.of(Fd.toBytes(names, size)));
    }

    private static List<ByteString> split(ByteString zeroTerminated) {
        List<ByteString> names = new ArrayList<>();
        int from = 0;
        while (from < zeroTerminated.length()) {
            int end = zeroTerminated.indexOf(0, from);
            names.add(zeroTerminated.slice(from, end));
            from = end + 1;
        }
        names.sort(null);
        return names;
    }
}
