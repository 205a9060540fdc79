package dev.slipway.engine.copy;

import dev.slipway.foundation.linux.ByteString;
import java.util.ArrayList;
import java.util.List;

/** Paths in any bytes. */
final class PathParts {
    private PathParts() {}

    /** What stands between slashes; empty parts are left out. */
    static List<ByteString> of(ByteString path) {
        List<ByteString> parts = new ArrayList<>();
        int from = 0;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            if (end > from) {
                parts.add(path.slice(from, end));
            }
            from = end + 1;
        }
        return parts;
    }
}
