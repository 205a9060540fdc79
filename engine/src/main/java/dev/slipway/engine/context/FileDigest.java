package dev.slipway.engine.context;

import dev.slipway.dockerfile.source.ContentDigest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is known of a downloaded file.
 *
 * @param sha256 hex digits
 */
record FileDigest(String sha256, long bytes) {
    private static final String SHA256 = "sha256";
    private static final int BUFFER = 64 * 1024;

    /** The digest of the file by the algorithm of another one; the file is read again where it is not SHA-256. */
    ContentDigest like(ContentDigest expected, Path file) throws IOException {
        if (expected.algorithm().equals(SHA256)) {
            return new ContentDigest(SHA256, sha256);
        }
        MessageDigest digest = digest(expected.javaAlgorithm());
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                digest.update(buffer, 0, got);
            }
        }
        return new ContentDigest(expected.algorithm(), HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the bytes as they pass. */
    static final class Builder {
        private final MessageDigest digest = digest("SHA-256");

        void add(byte[] buffer, int length) {
            digest.update(buffer, 0, length);
        }

        FileDigest build(long bytes) {
            return new FileDigest(HexFormat.of().formatHex(digest.digest()), bytes);
        }
    }
}
