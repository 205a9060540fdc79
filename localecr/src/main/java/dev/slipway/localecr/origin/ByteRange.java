package dev.slipway.localecr.origin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a {@code Range} header asks for.
 *
 * @param first byte, from 0
 * @param length bytes; negative where the range lies outside of the file
 * @param size of the whole file in bytes
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2">RFC 9110, byte ranges</a>
 */
record ByteRange(long first, long length, long size) {
    private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /** A header that is empty or not one simple range means the whole file, as the RFC allows. */
    static ByteRange of(String header, long size) {
        Matcher match = FORM.matcher(header.strip());
        if (!match.matches() || header.strip().equals("bytes=-")) {
            return new ByteRange(0, size, size);
        }
        if (match.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(match.group(2)), size);
            return last == 0 ? outside(size) : new ByteRange(size - last, last, size);
        }
        long first = Long.parseLong(match.group(1));
        long last = match.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(match.group(2)), size - 1);
        return first > last ? outside(size) : new ByteRange(first, last - first + 1, size);
    }

    private static ByteRange outside(long size) {
        return new ByteRange(0, -1, size);
    }

    boolean isUnsatisfiable() {
        return length < 0;
    }

    boolean isWhole() {
        return first == 0 && length == size;
    }

    String contentRange() {
        return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
