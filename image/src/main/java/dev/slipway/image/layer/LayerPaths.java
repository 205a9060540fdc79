package dev.slipway.image.layer;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.image.layer.tar.TarException;
import java.util.ArrayList;
import java.util.List;

/** Paths inside a layer, as bytes, and the names by which a layer marks deletions. */
final class LayerPaths {
    static final ByteString MARK = ByteString.of(".wh.");
    static final ByteString OPAQUE = ByteString.of(".wh..wh..opq");
    /** What aufs kept for itself; it is in old images and means nothing. */
    static final ByteString AUFS_OWN = ByteString.of(".wh..wh.");

    private static final ByteString SLASH = ByteString.of("/");
    private static final ByteString SELF = ByteString.of(".");
    private static final ByteString PARENT = ByteString.of("..");

    private LayerPaths() {}

    /**
     * The clean form: {@code ./a//b/../c/} is {@code a/c}.
     *
     * @throws TarException if it leads out of the root, or a part has a zero byte
     */
    static ByteString clean(ByteString path) throws TarException {
        List<ByteString> parts = new ArrayList<>();
        for (ByteString part : split(path)) {
            if (part.equals(PARENT)) {
                if (parts.isEmpty()) {
                    throw new TarException(path + ": leads out of the layer");
                }
                parts.removeLast();
            } else if (!part.equals(SELF)) {
                parts.add(part);
            }
        }
        ByteString clean = ByteString.EMPTY;
        for (ByteString part : parts) {
            clean = child(clean, part);
        }
        if (clean.indexOf(0, 0) >= 0) {
            throw new TarException(path + ": a zero byte in a name");
        }
        return clean;
    }

    /** The parts between slashes that are not empty. */
    static List<ByteString> split(ByteString path) {
        List<ByteString> parts = new ArrayList<>();
        int from = 0;
        while (from < path.length()) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            if (end > from) {
                parts.add(path.slice(from, end));
            }
            from = end + 1;
        }
        return parts;
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

    /** Whether the path lies in the directory, at any depth. */
    static boolean isBelow(ByteString path, ByteString directory) {
        return directory.isEmpty()
                ? !path.isEmpty()
                : path.length() > directory.length()
                        && path.at(directory.length()) == '/'
                        && path.startsWith(directory);
    }
}
