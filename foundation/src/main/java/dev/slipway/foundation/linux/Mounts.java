package dev.slipway.foundation.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** Mounts, and what of the process a thread can leave. Needs {@code CAP_SYS_ADMIN}, except {@link #space}. */
public final class Mounts {
    /** Flags of {@code mount(2)}. */
    public static final long MS_RDONLY = 1;

    public static final long MS_NOSUID = 2;
    public static final long MS_NODEV = 4;
    public static final long MS_NOEXEC = 8;
    public static final long MS_REMOUNT = 32;
    public static final long MS_BIND = 4096;
    public static final long MS_MOVE = 8192;
    public static final long MS_REC = 16384;
    public static final long MS_PRIVATE = 1 << 18;
    public static final long MS_SLAVE = 1 << 19;

    private static final Call MOUNT = Call.ofInt("mount", 5);
    private static final Call UMOUNT2 = Call.ofInt("umount2", 2);
    private static final Call UNSHARE = Call.ofInt("unshare", 1);
    private static final Call CHDIR = Call.ofInt("chdir", 1);
    private static final Call STATFS = Call.ofInt("statfs", 2);

    private static final int MNT_DETACH = 2;
    private static final int UMOUNT_NOFOLLOW = 8;
    private static final int CLONE_FS = 0x200;
    private static final int CLONE_NEWNS = 0x20000;
    private static final int STATFS_SIZE = 120;

    private Mounts() {}

    /**
     * Mounts.
     *
     * @param source device, directory or any word, as the type wants it
     * @param target a path; relative ones start at the thread's working directory
     * @param type the file system, e.g. {@code overlay}; empty for bind mounts and changes of flags
     * @param data the options of the file system; at most a page, 4095 bytes
     */
    public static void mount(String source, Path target, String type, long flags, String data) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            MOUNT.on(
                    target,
                    scratch,
                    scratch.string(source),
                    scratch.string(target.toString()),
                    type.isEmpty() ? 0 : scratch.string(type),
                    flags,
                    data.isEmpty() ? 0 : scratch.string(data));
        }
    }

    /** Makes a directory or file appear at a second place. */
    public static void bind(Path source, Path target) {
        mount(source.toString(), target, "", MS_BIND, "");
    }

    /** Unmounts; fails with {@code EBUSY} while somebody uses it. */
    public static void unmount(Path target) {
        unmount(target, UMOUNT_NOFOLLOW);
    }

    /** Takes the mount out of the tree now; it ends when its last user goes. */
    public static void detach(Path target) {
        unmount(target, UMOUNT_NOFOLLOW | MNT_DETACH);
    }

    private static void unmount(Path target, int flags) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            UMOUNT2.on(target, scratch, scratch.string(target.toString()), flags);
        }
    }

    /**
     * Gives this thread, for the rest of its life, a mount namespace and a working directory of its own, and cuts off
     * the propagation of mounts in both directions. Threads and processes that it starts later inherit them.
     *
     * @throws IllegalStateException on a virtual thread, whose carrier would be changed
     */
    public static void leaveMountNamespace() {
        requirePlatformThread();
        try (Call.Scratch scratch = new Call.Scratch()) {
            UNSHARE.on("mount namespace", scratch, CLONE_FS | CLONE_NEWNS);
        }
        mount("none", Path.of("/"), "", MS_REC | MS_PRIVATE, "");
    }

    /**
     * Gives this thread a working directory of its own; the other threads keep theirs.
     *
     * @throws IllegalStateException on a virtual thread, whose carrier would be changed
     */
    public static void leaveWorkingDirectory() {
        requirePlatformThread();
        try (Call.Scratch scratch = new Call.Scratch()) {
            UNSHARE.on("working directory", scratch, CLONE_FS);
        }
    }

    /** Changes the working directory for the calls of this package; the JDK's own paths do not follow. Call {@link #leaveWorkingDirectory} or {@link #leaveMountNamespace} first, or every thread moves. */
    public static void changeDirectory(Path directory) {
        requirePlatformThread();
        try (Call.Scratch scratch = new Call.Scratch()) {
            CHDIR.on(directory, scratch, scratch.string(directory.toString()));
        }
    }

    private static void requirePlatformThread() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("needs a platform thread");
        }
    }

    /** The room on the file system of a path. */
    public static Space space(Path path) {
        try (Call.Scratch scratch = new Call.Scratch()) {
            MemorySegment statfs = scratch.bytes(STATFS_SIZE);
            STATFS.on(path, scratch, scratch.string(path.toString()), statfs.address());
            long block = statfs.get(JAVA_LONG, 8);
            return new Space(
                    statfs.get(JAVA_LONG, 0),
                    block * statfs.get(JAVA_LONG, 16),
                    block * statfs.get(JAVA_LONG, 32),
                    statfs.get(JAVA_LONG, 48));
        }
    }

    /**
     * Room on a file system.
     *
     * @param type the magic number of the file system (linux/magic.h)
     * @param total bytes
     * @param available bytes that an unprivileged user may still write
     * @param inodes free nodes; 0 where the file system does not count them
     */
    public record Space(long type, long total, long available, long inodes) {
        /** OVERLAYFS_SUPER_MAGIC. */
        public static final long OVERLAY = 0x794c7630;
    }
}
