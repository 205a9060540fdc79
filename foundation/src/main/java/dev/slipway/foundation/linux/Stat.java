package dev.slipway.foundation.linux;

/**
 * What the kernel knows of a node ({@code statx}).
 *
 * @param mode the permission bits with setuid, setgid and sticky: {@code 07777}
 * @param size bytes
 * @param blocks of 512 bytes that are allocated: less than the size where there are holes
 * @param device what a device node stands for; 0:0 for other nodes
 * @param fileSystem the file system it lies on; with {@code inode} the identity of the node
 */
public record Stat(
        FileType type,
        int mode,
        int uid,
        int gid,
        long size,
        long blocks,
        int links,
        long inode,
        Device device,
        Device fileSystem,
        FileTime accessed,
        FileTime modified,
        FileTime changed) {

    public boolean isDirectory() {
        return type == FileType.DIRECTORY;
    }

    public boolean isRegular() {
        return type == FileType.REGULAR;
    }

    public boolean isSymlink() {
        return type == FileType.SYMLINK;
    }

    /** Whether it is the overlay file system's mark of a deleted name: character device 0:0. */
    public boolean isWhiteout() {
        return type == FileType.CHARACTER_DEVICE && device.equals(Device.NONE);
    }
}
