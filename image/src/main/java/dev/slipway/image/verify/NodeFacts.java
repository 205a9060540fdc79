package dev.slipway.image.verify;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.foundation.linux.Xattrs;
import dev.slipway.image.layer.tar.TarEntry;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a layer can say about a node, less its content and its other names.
 *
 * @param size bytes of a file's content, else 0
 * @param link target of a symlink, else empty
 * @param device number of a device, else 0:0
 * @param modified whole seconds, as layers have them
 */
record NodeFacts(
        FileType type,
        int mode,
        long uid,
        long gid,
        long size,
        ByteString link,
        Device device,
        long modified,
        SortedMap<ByteString, ByteString> xattrs) {
    private static final ByteString CAPABILITY = ByteString.of("security.capability");
    private static final ByteString USER = ByteString.of("user.");
    private static final ByteString USER_OVERLAY = ByteString.of("user.overlay.");
    private static final int SYMLINK_MODE = 0777;

    /** Of a name in a tree. */
    static NodeFacts of(Fd directory, ByteString name, Stat stat, FileTime latest) {
        boolean device = stat.type() == FileType.CHARACTER_DEVICE || stat.type() == FileType.BLOCK_DEVICE;
        return new NodeFacts(
                stat.type(),
                stat.isSymlink() ? SYMLINK_MODE : stat.mode(),
                Integer.toUnsignedLong(stat.uid()),
                Integer.toUnsignedLong(stat.gid()),
                stat.isRegular() ? stat.size() : 0,
                stat.isSymlink() ? Nodes.readLink(directory, name) : ByteString.EMPTY,
                device ? stat.device() : Device.NONE,
                Math.min(stat.modified().seconds(), latest.seconds()),
                xattrs(directory, name));
    }

    private static SortedMap<ByteString, ByteString> xattrs(Fd directory, ByteString name) {
        SortedMap<ByteString, ByteString> xattrs = new TreeMap<>();
        for (ByteString attribute : Xattrs.list(directory, name)) {
            if (belongsToLayers(attribute)) {
                Xattrs.get(directory, name, attribute).ifPresent(value -> xattrs.put(attribute, ByteString.of(value)));
            }
        }
        return xattrs;
    }

    /**
     * File capabilities and the user's own attributes. Those of the overlay are about the disk, others are the machine's;
     * a PAX record cannot name one with an equals sign.
     */
    static boolean belongsToLayers(ByteString attribute) {
        return attribute.equals(CAPABILITY)
                || (attribute.startsWith(USER) && !attribute.startsWith(USER_OVERLAY) && attribute.indexOf('=', 0) < 0);
    }

    /** Of an entry that is no hard link. */
    static NodeFacts of(TarEntry entry) {
        return new NodeFacts(
                type(entry.kind()),
                entry.kind() == TarEntry.Kind.SYMLINK ? SYMLINK_MODE : entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.size(),
                entry.linkName(),
                entry.device(),
                entry.modified().seconds(),
                entry.xattrs());
    }

    /** Of a hard link, whose entry repeats the attributes of its node and says nothing of what it is. */
    static NodeFacts ofLink(TarEntry entry, NodeFacts node) {
        return new NodeFacts(
                node.type,
                node.type == FileType.SYMLINK ? SYMLINK_MODE : entry.mode(),
                entry.uid(),
                entry.gid(),
                node.size,
                node.link,
                node.device,
                entry.modified().seconds(),
                entry.xattrs());
    }

    private static FileType type(TarEntry.Kind kind) {
        return switch (kind) {
            case FILE -> FileType.REGULAR;
            case DIRECTORY -> FileType.DIRECTORY;
            case SYMLINK -> FileType.SYMLINK;
            case CHARACTER_DEVICE -> FileType.CHARACTER_DEVICE;
            case BLOCK_DEVICE -> FileType.BLOCK_DEVICE;
            case FIFO -> FileType.FIFO;
            case HARDLINK -> throw new IllegalArgumentException("a hard link has no type");
        };
    }

    /** What is different, first here and then there; empty if nothing is. */
    Optional<Pair> difference(NodeFacts other) {
        if (type != other.type) {
            return pair("", shown(type), shown(other.type));
        }
        if (mode != other.mode) {
            return pair("mode ", Integer.toOctalString(mode), Integer.toOctalString(other.mode));
        }
        if (uid != other.uid) {
            return pair("owner ", uid, other.uid);
        }
        if (gid != other.gid) {
            return pair("group ", gid, other.gid);
        }
        if (size != other.size) {
            return pair("size ", size, other.size);
        }
        if (!link.equals(other.link)) {
            return pair("a link to ", link, other.link);
        }
        if (!device.equals(other.device)) {
            return pair("device ", shown(device), shown(other.device));
        }
        if (!xattrs.equals(other.xattrs)) {
            return pair("attributes ", xattrs, other.xattrs);
        }
        return modified == other.modified ? Optional.empty() : pair("time ", modified, other.modified);
    }

    /** Two values of one kind, for people. */
    record Pair(String first, String second) {}

    private static Optional<Pair> pair(String what, Object first, Object second) {
        return Optional.of(new Pair(what + first, what + second));
    }

    private static String shown(Device device) {
        return device.major() + ":" + device.minor();
    }

    static String shown(FileType type) {
        return switch (type) {
            case REGULAR -> "a file";
            case DIRECTORY -> "a directory";
            case SYMLINK -> "a symlink";
            case CHARACTER_DEVICE -> "a character device";
            case BLOCK_DEVICE -> "a block device";
            case FIFO -> "a fifo";
            case SOCKET -> "a socket";
        };
    }
}
