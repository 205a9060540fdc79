package dev.slipway.localecr.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The stand-in's own secret. It lives in the data directory, so that what it signed stays valid after a restart. */
public final class ServerKey {
    private static final int BYTES = 32;

    private final byte[] key;

    private ServerKey(byte[] key) {
        this.key = key;
    }

    /** Reads the key; makes one, readable by its owner only, where there is none. */
    public static ServerKey of(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] fresh = new byte[BYTES];
            new SecureRandom().nextBytes(fresh);
            create(file, fresh);
        }
        byte[] stored = Files.readAllBytes(file);
        if (stored.length != BYTES) {
            throw new IOException("not a key: " + file);
        }
        return new ServerKey(stored);
    }

    private static void create(Path file, byte[] fresh) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(half);
        try {
            Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("somebody else starts on the same directory: " + half, e);
        }
        Files.write(half, fresh, StandardOpenOption.WRITE);
        Files.move(half, file);
    }

    /**
     * Signs the text in hexadecimal.
     *
     * @param purpose keeps signatures of one kind from passing as another
     */
    public String sign(String purpose, String text) {
        return HexFormat.of().formatHex(hmac(purpose + "\n" + text));
    }

    /** Whether the signature is ours; takes the same time for every wrong one. */
    public boolean signed(String purpose, String text, String signature) {
        return MessageDigest.isEqual(
                sign(purpose, text).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
