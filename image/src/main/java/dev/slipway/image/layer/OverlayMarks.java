package dev.slipway.image.layer;

import dev.slipway.foundation.linux.ByteString;
import java.util.SortedMap;

/** Under which names the overlay file system keeps its marks: as root, or in a user namespace ({@code userxattr}). */
public enum OverlayMarks {
    TRUSTED("trusted.overlay."),
    USER("user.overlay.");

    private static final ByteString SET = ByteString.of("y");

    private final String prefix;

    OverlayMarks(String prefix) {
        this.prefix = prefix;
    }

    /** The attribute of a directory, value {@code y}, that hides everything below it. */
    public ByteString opaque() {
        return ByteString.of(prefix + "opaque");
    }

    static boolean areOpaque(SortedMap<ByteString, ByteString> xattrs) {
        for (OverlayMarks marks : values()) {
            if (!xattrs.isEmpty()
                    && xattrs.getOrDefault(marks.opaque(), ByteString.EMPTY).equals(SET)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the node stands for another one elsewhere, so that the directory alone is not the difference. */
    static boolean refersElsewhere(SortedMap<ByteString, ByteString> xattrs) {
        for (OverlayMarks marks : values()) {
            if (!xattrs.isEmpty()
                    && (xattrs.containsKey(ByteString.of(marks.prefix + "redirect"))
                            || xattrs.containsKey(ByteString.of(marks.prefix + "metacopy")))) {
                return true;
            }
        }
        return false;
    }
}
