package dev.slipway.image.layer.tar;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.FileTime;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One entry of an archive, as it stands there: the name is not cleaned and may be hostile.
 *
 * @param linkName where a symlink points to, or which entry a hard link names; empty for other kinds
 * @param mode permission bits with setuid, setgid and sticky: {@code 07777}
 * @param size bytes of content; 0 for all kinds but files
 * @param device 0:0 for all kinds but devices
 * @param xattrs by attribute name, e.g. {@code security.capability}
 */
public record TarEntry(
        Kind kind,
        ByteString name,
        ByteString linkName,
        int mode,
        long uid,
        long gid,
        long size,
        FileTime modified,
        Device device,
        SortedMap<ByteString, ByteString> xattrs) {

    /** The kinds of entries that stand for something in a file system. */
    public enum Kind {
        FILE('0'),
        HARDLINK('1'),
        SYMLINK('2'),
        CHARACTER_DEVICE('3'),
        BLOCK_DEVICE('4'),
        DIRECTORY('5'),
        FIFO('6');

        private final byte flag;

        Kind(char flag) {
            this.flag = (byte) flag;
        }

        byte flag() {
            return flag;
        }
    }

    public TarEntry {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        requireNonNull(linkName, "linkName is null");
        requireNonNull(modified, "modified is null");
        requireNonNull(device, "device is null");
        if (size < 0 || (size > 0 && kind != Kind.FILE)) {
            throw new IllegalArgumentException("size of a " + kind + " is " + size);
        }
        if (uid < 0 || gid < 0) {
            throw new IllegalArgumentException("owner is " + uid + ":" + gid);
        }
        for (ByteString attribute : xattrs.keySet()) {
            if (attribute.isEmpty() || attribute.indexOf('=', 0) >= 0 || attribute.indexOf(0, 0) >= 0) {
                throw new IllegalArgumentException("no attribute of an archive: " + attribute);
            }
        }
        xattrs = Collections.unmodifiableSortedMap(new TreeMap<>(xattrs));
    }
}
