package dev.slipway.image.model;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A content digest, {@code sha256:<64 hex digits>}: of a compressed blob, of a manifest, or, as a DiffID, of an
 * uncompressed layer.
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex lower-case hex digits
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md#digests">image-spec, digests</a>
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {
    private static final Pattern FORM = Pattern.compile("(sha256):([0-9a-f]{64})|(sha512):([0-9a-f]{128})");

    public Digest {
        requireNonNull(algorithm, "algorithm is null");
        requireNonNull(hex, "hex is null");
        if (!FORM.matcher(algorithm + ":" + hex).matches()) {
            throw new IllegalArgumentException("not a digest: " + algorithm + ":" + hex);
        }
    }

    /** @throws IllegalArgumentException if the text is not {@code algorithm:hex} of a known algorithm */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a digest: " + text);
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    /** Whether {@link #parse(String)} takes the text. */
    public static boolean isDigest(String text) {
        return FORM.matcher(text).matches();
    }

    /** The SHA-256 of the bytes. */
    public static Digest of(byte[] content) {
        return of(sha256().digest(content), "sha256");
    }

    /** Wraps what {@link #sha256()} gave. */
    public static Digest ofSha256(byte[] hash) {
        return of(hash, "sha256");
    }

    private static Digest of(byte[] hash, String algorithm) {
        return new Digest(algorithm, HexFormat.of().formatHex(hash));
    }

    /** A fresh SHA-256 computation. */
    public static MessageDigest sha256() {
        return hash("SHA-256");
    }

    /** A fresh computation of this digest's algorithm, for verifying content against it. */
    public MessageDigest newHash() {
        return hash(algorithm.equals("sha256") ? "SHA-256" : "SHA-512");
    }

    /** The first 12 hex digits, for people. */
    public String shortHex() {
        return hex.substring(0, 12);
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }

    private static MessageDigest hash(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + name, e);
        }
    }
}
