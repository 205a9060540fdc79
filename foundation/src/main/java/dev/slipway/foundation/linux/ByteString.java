package dev.slipway.foundation.linux;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Immutable bytes that name something: a file name, a path, an attribute. Names need not be UTF-8. The order is that of
 * unsigned bytes, which no locale changes.
 */
public final class ByteString implements Comparable<ByteString> {
    public static final ByteString EMPTY = new ByteString(new byte[0]);

    private final byte[] bytes;
    private int hash;

    private ByteString(byte[] own) {
        this.bytes = own;
    }

    /** Copies the bytes. */
    public static ByteString of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new ByteString(bytes.clone());
    }

    /** Copies {@code bytes[from, to)}. */
    public static ByteString of(byte[] bytes, int from, int to) {
        return from == to ? EMPTY : new ByteString(Arrays.copyOfRange(bytes, from, to));
    }

    /** The text in UTF-8. */
    public static ByteString of(String text) {
        return text.isEmpty() ? EMPTY : new ByteString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The path in UTF-8: for paths of our own making, not for names that the JDK listed. */
    public static ByteString of(Path path) {
        return of(path.toString());
    }

    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public byte at(int index) {
        return bytes[index];
    }

    /** A copy. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    public void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, bytes.length);
    }

    public ByteString slice(int from, int to) {
        return from == 0 && to == bytes.length ? this : of(bytes, from, to);
    }

    public ByteString slice(int from) {
        return slice(from, bytes.length);
    }

    public ByteString plus(ByteString other) {
        byte[] both = Arrays.copyOf(bytes, bytes.length + other.bytes.length);
        other.copyTo(both, bytes.length);
        return new ByteString(both);
    }

    public boolean startsWith(ByteString prefix) {
        return bytes.length >= prefix.bytes.length
                && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
    }

    public boolean endsWith(ByteString suffix) {
        int from = bytes.length - suffix.bytes.length;
        return from >= 0 && Arrays.equals(bytes, from, bytes.length, suffix.bytes, 0, suffix.bytes.length);
    }

    /** The first index of the byte at or after {@code from}; -1 if there is none. */
    public int indexOf(int value, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == (byte) value) {
                return i;
            }
        }
        return -1;
    }

    /** The last index of the byte; -1 if there is none. */
    public int lastIndexOf(int value) {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == (byte) value) {
                return i;
            }
        }
        return -1;
    }

    /** The text, if the bytes are UTF-8. */
    public Optional<String> utf8() {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(ByteString other) {
        return Arrays.compareUnsigned(bytes, requireNonNull(other, "other is null").bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString string && Arrays.equals(bytes, string.bytes);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = Arrays.hashCode(bytes);
        }
        return hash;
    }

    /** For people: the text, or, where it is not UTF-8 or holds control characters, those bytes as {@code \xNN}. */
    @Override
    public String toString() {
        Optional<String> text = utf8();
        if (text.isPresent() && text.get().chars().noneMatch(Character::isISOControl)) {
            return text.get();
        }
        StringBuilder shown = new StringBuilder();
        for (byte b : bytes) {
            if (b >= 0x20 && b < 0x7f) {
                shown.append((char) b);
            } else {
                shown.append(String.format("\\x%02x", b & 0xff));
            }
        }
        return shown.toString();
    }
}
