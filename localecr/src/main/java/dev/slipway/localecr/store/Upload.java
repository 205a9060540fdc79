package dev.slipway.localecr.store;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.RepositoryName;
import dev.slipway.localecr.model.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A blob on its way: bytes go to the disk and into the digest as they come. ECR counts on regardless of what became of
 * a request, so bytes of a transfer that broke off stay, and a client that begins again at 0 is refused.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-blobs">
 *     distribution-spec, pushing blobs</a>
 */
public final class Upload {
    /** Bytes; every part but the last has at least as many. */
    public static final long SMALLEST_PART = 5L << 20;

    private static final int BUFFER = 64 << 10;

    private final UUID id;
    private final RepositoryName repository;
    private final Path file;
    private final MessageDigest sha256 = Digest.sha256();
    private final ReentrantLock lock = new ReentrantLock();
    private long offset;
    private long firstPart;
    private long lastPart;
    private boolean partTooSmall;
    private boolean over;

    private Upload(UUID id, RepositoryName repository, Path file) {
        this.id = id;
        this.repository = repository;
        this.file = file;
    }

    static Upload create(UUID id, RepositoryName repository, Path file) throws IOException {
        Files.createFile(file);
        return new Upload(id, repository, file);
    }

    public UUID id() {
        return id;
    }

    public RepositoryName repository() {
        return repository;
    }

    /**
     * Takes one part.
     *
     * @param firstByte where the client says that the part begins
     * @return bytes of the first part of this upload, which is all that ECR ever reports as its range
     * @throws dev.slipway.localecr.model.Refusal if the part does not begin where the last one ended
     * @throws IOException if the body breaks off; what came of it is kept and counted
     */
    public long append(long firstByte, InputStream part) throws IOException {
        lock.lock();
        try {
            if (firstByte != offset) {
                throw Reason.PART_OUT_OF_ORDER.refuse(Texts.firstByte(firstByte, offset));
            }
            write(part);
            return firstPart;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the rest of the blob, wherever it begins. */
    public void appendRest(InputStream part) throws IOException {
        lock.lock();
        try {
            write(part);
        } finally {
            lock.unlock();
        }
    }

    private void write(InputStream part) throws IOException {
        if (over) {
            throw Reason.UPLOAD_MISSING.refuse("Upload with id '" + id + "' is complete");
        }
        long begin = offset;
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            for (int count = part.read(buffer); count >= 0; count = part.read(buffer)) {
                out.write(buffer, 0, count);
                sha256.update(buffer, 0, count);
                offset += count;
            }
        } finally {
            noteSizes(offset - begin);
        }
    }

    private void noteSizes(long size) {
        if (size == 0) {
            return;
        }
        partTooSmall |= lastPart > 0 && lastPart < SMALLEST_PART;
        lastPart = size;
        if (firstPart == 0) {
            firstPart = size;
        }
    }

    /**
     * Makes the bytes a blob of the repository. The upload is over afterwards, unless it is refused.
     *
     * @throws dev.slipway.localecr.model.Refusal if the bytes have another digest or a part was too small
     */
    public void complete(Digest expected, Blobs blobs) throws IOException {
        lock.lock();
        try {
            if (partTooSmall) {
                throw Reason.PART_TOO_SMALL.refuse(Texts.PART_TOO_SMALL);
            }
            if (!digest(expected).equals(expected)) {
                throw Reason.BLOB_DIGEST_DIFFERS.refuse(Texts.LAYER_DIGEST_DIFFERS);
            }
            blobs.adopt(file, expected);
            over = true;
        } finally {
            lock.unlock();
        }
    }

    private Digest digest(Digest expected) throws IOException {
        if (expected.algorithm().equals("sha256")) {
            return Digest.ofSha256(copyOf(sha256).digest());
        }
        MessageDigest hash = expected.newHash();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hash.update(buffer, 0, count);
            }
        }
        return new Digest(expected.algorithm(), HexFormat.of().formatHex(hash.digest()));
    }

    private static MessageDigest copyOf(MessageDigest hash) {
        try {
            return (MessageDigest) hash.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    void discard() throws IOException {
        lock.lock();
        try {
            over = true;
            Files.deleteIfExists(file);
        } finally {
            lock.unlock();
        }
    }
}
