package dev.slipway.foundation.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Creates, changes and inspects nodes of the file system, relative to an open directory. No method here follows a
 * symlink in the last name of a path, except where it says so; {@link #openInRoot} never leaves its root.
 */
public final class Nodes {
    /**
     * How often {@code ..} is tried anew: whenever anybody on the machine renames or mounts something meanwhile, the kernel
     * cannot tell whether it led out of the root, and says {@code EAGAIN} (openat2(2)).
     */
    private static final int RACES = 100_000;

    private static final Call SYSCALL = Call.ofVariadic("syscall", 1, 5);
    private static final Call MKDIRAT = Call.ofInt("mkdirat", 3);
    private static final Call MKNODAT = Call.ofInt("mknodat", 4);
    private static final Call SYMLINKAT = Call.ofInt("symlinkat", 3);
    private static final Call LINKAT = Call.ofInt("linkat", 5);
    private static final Call UNLINKAT = Call.ofInt("unlinkat", 3);
    private static final Call RENAMEAT2 = Call.ofInt("renameat2", 5);
    private static final Call FCHOWNAT = Call.ofInt("fchownat", 5);
    private static final Call FCHMODAT = Call.ofInt("fchmodat", 4);
    private static final Call FCHMOD = Call.ofInt("fchmod", 2);
    private static final Call FCHOWN = Call.ofInt("fchown", 3);
    private static final Call UTIMENSAT = Call.ofInt("utimensat", 4);
    private static final Call FUTIMENS = Call.ofInt("futimens", 2);
    private static final Call STATX = Call.ofInt("statx", 5);
    private static final Call READLINKAT = Call.ofLong("readlinkat", 4);

    /** The same number on every architecture, as of all calls since Linux 5. */
    private static final int OPENAT2 = 437;

    private static final long RESOLVE_NO_XDEV = 0x01;
    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_NO_SYMLINKS = 0x04;
    private static final long RESOLVE_BENEATH = 0x08;
    private static final long RESOLVE_IN_ROOT = 0x10;
    private static final int OPEN_HOW_SIZE = 24;

    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_EMPTY_PATH = 0x1000;

    private static final int RENAME_NOREPLACE = 1;
    private static final int RENAME_EXCHANGE = 2;

    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int STATX_SIZE = 256;
    private static final int LONGEST_LINK = 4096;
    private static final int PERMISSIONS = 07777;

    private Nodes() {}

    /** Opens a path that the caller trusts, symlinks and all. Relative paths start at the thread's working directory. */
    public static Fd open(Path path, OpenFlag... flags) {
        return openHow(Fd.CWD, ByteString.of(path), 0600, 0, flags);
    }

    /** Opens a directory that the caller trusts. */
    public static Fd openDirectory(Path path) {
        return open(path, OpenFlag.DIRECTORY);
    }

    /**
     * Opens one name in a directory; a symlink of that name is refused ({@code ELOOP}).
     *
     * @param mode permissions of a file that is made, less the umask; 0 where none is made
     */
    public static Fd openAt(Fd directory, ByteString name, int mode, OpenFlag... flags) {
        return openHow(directory, name, mode, RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH, flags);
    }

    /** Opens a directory in a directory, unless something is mounted there ({@code EXDEV}) or it is a symlink ({@code ELOOP}). */
    static Fd openUnmounted(Fd directory, ByteString name) {
        long resolve = RESOLVE_NO_XDEV | RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH;
        return openHow(directory, name, 0, resolve, OpenFlag.DIRECTORY);
    }

    /**
     * Opens a path as if {@code root} were the root directory: absolute names, {@code ..} and symlinks end inside it,
     * whatever other processes do meanwhile.
     *
     * @param mode permissions of a file that is made, less the umask; 0 where none is made
     */
    public static Fd openInRoot(Fd root, ByteString path, int mode, OpenFlag... flags) {
        return openHow(root, path, mode, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS, flags);
    }

    private static Fd openHow(Fd directory, ByteString path, int mode, long resolve, OpenFlag... flags) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            MemorySegment how = scratch.bytes(OPEN_HOW_SIZE);
            how.set(JAVA_LONG, 0, OpenFlag.bits(flags));
            how.set(JAVA_LONG, 8, createsFile(flags) ? mode & PERMISSIONS : 0);
            how.set(JAVA_LONG, 16, resolve);
            long name = scratch.string(path);
            long result = -Errno.EAGAIN;
            for (int i = 0; result == -Errno.EAGAIN && i < RACES; i++) {
                result = SYSCALL.attempt(scratch, OPENAT2, directory.number(), name, how.address(), OPEN_HOW_SIZE);
            }
            if (result < 0) {
                throw new LinuxException("open", shown(directory, path), (int) -result);
            }
            return new Fd((int) result, shown(directory, path));
        }
    }

    private static boolean createsFile(OpenFlag... flags) {
        for (OpenFlag flag : flags) {
            if (flag == OpenFlag.CREATE) {
                return true;
            }
        }
        return false;
    }

    /** Makes a directory; its mode loses the umask's bits, as ever. */
    public static void makeDirectory(Fd directory, ByteString path, int mode) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            MKDIRAT.on(shown(directory, path), scratch, directory.number(), scratch.string(path), mode & PERMISSIONS);
        }
    }

    /** Makes a device node or a fifo (any device number); devices other than 0:0 need {@code CAP_MKNOD}. */
    public static void makeNode(Fd directory, ByteString path, FileType type, int mode, Device device) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            MKNODAT.on(
                    shown(directory, path),
                    scratch,
                    directory.number(),
                    scratch.string(path),
                    type.bits() | (mode & PERMISSIONS),
                    device.encoded());
        }
    }

    /** Makes the overlay file system's mark of a deleted name: a character device 0:0. */
    public static void makeWhiteout(Fd directory, ByteString path) {
        makeNode(directory, path, FileType.CHARACTER_DEVICE, 0, Device.NONE);
    }

    public static void makeSymlink(ByteString target, Fd directory, ByteString path) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            SYMLINKAT.on(
                    shown(directory, path), scratch, scratch.string(target), directory.number(), scratch.string(path));
        }
    }

    /** Gives a node a second name; a symlink is linked itself. */
    public static void makeHardlink(Fd oldDirectory, ByteString oldPath, Fd directory, ByteString path) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            LINKAT.on(
                    shown(oldDirectory, oldPath) + " -> " + shown(directory, path),
                    scratch,
                    oldDirectory.number(),
                    scratch.string(oldPath),
                    directory.number(),
                    scratch.string(path),
                    0);
        }
    }

    /** Removes a name that is not a directory. */
    public static void unlink(Fd directory, ByteString path) {
        remove(directory, path, 0);
    }

    /** Removes an empty directory. */
    public static void removeDirectory(Fd directory, ByteString path) {
        remove(directory, path, AT_REMOVEDIR);
    }

    private static void remove(Fd directory, ByteString path, int flags) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            UNLINKAT.on(shown(directory, path), scratch, directory.number(), scratch.string(path), flags);
        }
    }

    /** Renames, replacing what has the new name. */
    public static void rename(Fd oldDirectory, ByteString oldPath, Fd directory, ByteString path) {
        rename(oldDirectory, oldPath, directory, path, 0);
    }

    /** Renames; fails with {@code EEXIST} if the new name is taken. */
    public static void renameNew(Fd oldDirectory, ByteString oldPath, Fd directory, ByteString path) {
        rename(oldDirectory, oldPath, directory, path, RENAME_NOREPLACE);
    }

    /** Swaps two names in one step. */
    public static void exchange(Fd oldDirectory, ByteString oldPath, Fd directory, ByteString path) {
        rename(oldDirectory, oldPath, directory, path, RENAME_EXCHANGE);
    }

    private static void rename(Fd oldDirectory, ByteString oldPath, Fd directory, ByteString path, int flags) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            RENAMEAT2.on(
                    shown(oldDirectory, oldPath) + " -> " + shown(directory, path),
                    scratch,
                    oldDirectory.number(),
                    scratch.string(oldPath),
                    directory.number(),
                    scratch.string(path),
                    flags);
        }
    }

    /**
     * Sets the owner of the name itself ({@code lchown}). Clears setuid bits and file capabilities.
     *
     * @throws UnmappedOwnerException if the user namespace has no such user or group
     */
    public static void changeOwner(Fd directory, ByteString path, int uid, int gid) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            FCHOWNAT.on(
                    shown(directory, path),
                    scratch,
                    directory.number(),
                    scratch.string(path),
                    uid,
                    gid,
                    AT_SYMLINK_NOFOLLOW);
        } catch (LinuxException e) {
            throw unmapped(e, uid, gid);
        }
    }

    /** @throws UnmappedOwnerException if the user namespace has no such user or group */
    public static void changeOwner(Fd file, int uid, int gid) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            FCHOWN.on(file, scratch, file.number(), uid, gid);
        } catch (LinuxException e) {
            throw unmapped(e, uid, gid);
        }
    }

    private static LinuxException unmapped(LinuxException e, int uid, int gid) {
        return e.is(Errno.EINVAL) ? new UnmappedOwnerException(e.call(), e.path(), uid, gid) : e;
    }

    /** Sets the permissions; <b>follows</b> a symlink in the last name, which the kernel cannot avoid: never call it on one. */
    public static void changeMode(Fd directory, ByteString path, int mode) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            FCHMODAT.on(
                    shown(directory, path), scratch, directory.number(), scratch.string(path), mode & PERMISSIONS, 0);
        }
    }

    public static void changeMode(Fd file, int mode) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            FCHMOD.on(file, scratch, file.number(), mode & PERMISSIONS);
        }
    }

    /** Sets the times of the name itself. */
    public static void changeTimes(Fd directory, ByteString path, FileTime accessed, FileTime modified) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            UTIMENSAT.on(
                    shown(directory, path),
                    scratch,
                    directory.number(),
                    scratch.string(path),
                    times(scratch, accessed, modified),
                    AT_SYMLINK_NOFOLLOW);
        }
    }

    public static void changeTimes(Fd file, FileTime accessed, FileTime modified) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            FUTIMENS.on(file, scratch, file.number(), times(scratch, accessed, modified));
        }
    }

    private static long times(Call.Scratch scratch, FileTime accessed, FileTime modified) {
        MemorySegment times = scratch.bytes(32);
        times.set(JAVA_LONG, 0, accessed.seconds());
        times.set(JAVA_LONG, 8, accessed.nanos());
        times.set(JAVA_LONG, 16, modified.seconds());
        times.set(JAVA_LONG, 24, modified.nanos());
        return times.address();
    }

    /** The node of that name itself, be it a symlink. */
    public static Stat stat(Fd directory, ByteString path) {
        return find(directory, path)
                .orElseThrow(() -> new LinuxException(STATX.name(), shown(directory, path), Errno.ENOENT));
    }

    public static Stat stat(Fd file) {
        return stat(file, ByteString.EMPTY);
    }

    /** The node of that name itself; empty if the name, or a directory on the way to it, does not exist. */
    public static Optional<Stat> find(Fd directory, ByteString path) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            MemorySegment statx = scratch.bytes(STATX_SIZE);
            long result = STATX.attempt(
                    scratch,
                    directory.number(),
                    scratch.string(path),
                    AT_SYMLINK_NOFOLLOW | (path.isEmpty() ? AT_EMPTY_PATH : 0),
                    STATX_BASIC_STATS,
                    statx.address());
            if (result == -Errno.ENOENT || result == -Errno.ENOTDIR) {
                return Optional.empty();
            }
            if (result < 0) {
                throw new LinuxException(STATX.name(), shown(directory, path), (int) -result);
            }
            return Optional.of(StatxLayout.read(statx));
        }
    }

    /** Where a symlink points to. */
    public static ByteString readLink(Fd directory, ByteString path) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            MemorySegment target = scratch.bytes(LONGEST_LINK);
            long length = READLINKAT.on(
                    shown(directory, path),
                    scratch,
                    directory.number(),
                    scratch.string(path),
                    target.address(),
                    LONGEST_LINK);
            return ByteString.of(Fd.toBytes(target, length));
        }
    }

    static String shown(Fd directory, ByteString path) {
        if (path.isEmpty()) {
            return directory.toString();
        }
        return directory == Fd.CWD || path.at(0) == '/' ? path.toString() : directory + "/" + path;
    }

    /** struct statx of linux/stat.h: one layout for every architecture. */
    private static final class StatxLayout {
        static Stat read(MemorySegment s) {
            int mode = s.get(java.lang.foreign.ValueLayout.JAVA_SHORT, 28) & 0xffff;
            return new Stat(
                    FileType.ofMode(mode),
                    mode & PERMISSIONS,
                    s.get(JAVA_INT, 20),
                    s.get(JAVA_INT, 24),
                    s.get(JAVA_LONG, 40),
                    s.get(JAVA_LONG, 48),
                    s.get(JAVA_INT, 16),
                    s.get(JAVA_LONG, 32),
                    new Device(s.get(JAVA_INT, 128), s.get(JAVA_INT, 132)),
                    new Device(s.get(JAVA_INT, 136), s.get(JAVA_INT, 140)),
                    time(s, 64),
                    time(s, 112),
                    time(s, 96));
        }

        private static FileTime time(MemorySegment s, long offset) {
            return new FileTime(s.get(JAVA_LONG, offset), s.get(JAVA_INT, offset + 8));
        }
    }
}
