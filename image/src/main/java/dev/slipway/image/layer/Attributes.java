package dev.slipway.image.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.FileTime;
import dev.slipway.foundation.linux.Stat;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every node has.
 *
 * @param mode permission bits with setuid, setgid and sticky: {@code 07777}
 * @param xattrs those that belong to a layer, see {@link #isKept}
 */
public record Attributes(int mode, long uid, long gid, FileTime modified, SortedMap<ByteString, ByteString> xattrs) {
    private static final ByteString CAPABILITY = ByteString.of("security.capability");
    private static final ByteString USER = ByteString.of("user.");
    private static final ByteString USER_OVERLAY = ByteString.of("user.overlay.");

    public Attributes {
        requireNonNull(modified, "modified is null");
        xattrs = Collections.unmodifiableSortedMap(new TreeMap<>(xattrs));
    }

    /** Owned by root, without extended attributes. */
    public static Attributes ofRoot(int mode, FileTime modified) {
        return new Attributes(mode, 0, 0, modified, Collections.emptySortedMap());
    }

    /** Of a node on the disk, with those of its extended attributes that belong to a layer. */
    static Attributes of(Stat stat, SortedMap<ByteString, ByteString> allXattrs) {
        SortedMap<ByteString, ByteString> kept = new TreeMap<>(allXattrs);
        kept.keySet().removeIf(name -> !isKept(name));
        return new Attributes(
                stat.mode(),
                Integer.toUnsignedLong(stat.uid()),
                Integer.toUnsignedLong(stat.gid()),
                stat.modified(),
                kept);
    }

    /**
     * Whether an extended attribute belongs to a layer: file capabilities and the user's own. Those of the overlay file
     * system never do (a layer that could set them would reach beyond itself), nor what a machine's policy sets.
     */
    public static boolean isKept(ByteString xattr) {
        return xattr.equals(CAPABILITY)
                || (xattr.startsWith(USER) && !xattr.startsWith(USER_OVERLAY) && xattr.indexOf('=', 0) < 0);
    }

    /** With a time that is not later than this one. */
    public Attributes notAfter(FileTime latest) {
        return modified.compareTo(latest) <= 0 ? this : new Attributes(mode, uid, gid, latest, xattrs);
    }
}
