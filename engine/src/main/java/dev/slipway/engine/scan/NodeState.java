package dev.slipway.engine.scan;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.FileType;

/**
 * What a scan keeps of one node.
 *
 * @param path from the root of the tree; no slash at either end
 * @param mode permission bits with setuid, setgid and sticky
 * @param size bytes; of a regular file only
 * @param device what a device node stands for
 * @param xattrs a digest of those that belong to a layer; empty if there are none
 * @param content the target of a symlink; the digest of a regular file's content, where the mode compares content
 */
record NodeState(
        ByteString path,
        FileType type,
        int mode,
        int uid,
        int gid,
        long size,
        int links,
        long inode,
        Device device,
        FileTime modified,
        FileTime changed,
        ByteString xattrs,
        ByteString content) {
    NodeState {
        requireNonNull(path, "path is null");
        requireNonNull(type, "type is null");
        requireNonNull(modified, "modified is null");
        requireNonNull(changed, "changed is null");
    }

    boolean isDirectory() {
        return type == FileType.DIRECTORY;
    }
}
