package dev.slipway.image.verify;

import dev.slipway.foundation.linux.ByteString;
import java.util.Comparator;

/**
 * Paths of entries: names joined by single slashes, without one at either end; the root is empty. Their order is that of
 * a walk: a directory, then what is in it, then its next sibling by the bytes of the name.
 */
final class EntryPath {
    static final Comparator<ByteString> ORDER = EntryPath::compare;

    private static final ByteString SLASH = ByteString.of("/");
    private static final ByteString SELF = ByteString.of(".");
    private static final ByteString PARENT = ByteString.of("..");

    private EntryPath() {}

    private static int compare(ByteString a, ByteString b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            if (a.at(i) != b.at(i)) {
                return rank(a.at(i)) - rank(b.at(i));
            }
        }
        return a.length() - b.length();
    }

    /** A slash is lower than anything a name is made of. */
    private static int rank(byte b) {
        return b == '/' ? -1 : b & 0xff;
    }

    static ByteString child(ByteString directory, ByteString name) {
        return directory.isEmpty() ? name : directory.plus(SLASH).plus(name);
    }

    static ByteString parent(ByteString path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? ByteString.EMPTY : path.slice(0, slash);
    }

    static ByteString name(ByteString path) {
        return path.slice(path.lastIndexOf('/') + 1);
    }

    static boolean isBelow(ByteString path, ByteString directory) {
        return directory.isEmpty()
                ? !path.isEmpty()
                : path.length() > directory.length()
                        && path.at(directory.length()) == '/'
                        && path.startsWith(directory);
    }

    /** The name that the way to {@code path}, which lies below the directory, takes in it. */
    static ByteString step(ByteString path, ByteString directory) {
        int from = directory.isEmpty() ? 0 : directory.length() + 1;
        int slash = path.indexOf('/', from);
        return path.slice(from, slash < 0 ? path.length() : slash);
    }

    /** Whether it is in the one form that every tool reads alike: relative, no empty part, no {@code .}, no {@code ..}. */
    static boolean isPlain(ByteString path) {
        int from = 0;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            ByteString part = path.slice(from, end);
            if (part.isEmpty() || part.equals(SELF) || part.equals(PARENT) || part.indexOf(0, 0) >= 0) {
                return false;
            }
            from = end + 1;
        }
        return true;
    }
}
