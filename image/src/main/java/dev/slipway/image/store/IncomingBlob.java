package dev.slipway.image.store;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A blob that is being written to a temporary file, and hashed and counted on its way. Confined to one thread. */
final class IncomingBlob implements ContentStore.Writer {
    private static final int BUFFER = 64 * 1024;

    private final TemporaryFiles.Temporary file;
    private final BlobFiles blobs;
    private final MessageDigest hash;
    private final long announced;
    private final OutputStream out;
    private long size;
    private boolean ended;

    /** @param announced how many bytes will come; 0 where nobody knows */
    IncomingBlob(TemporaryFiles.Temporary file, BlobFiles blobs, MessageDigest hash, long announced) {
        this.file = file;
        this.blobs = blobs;
        this.hash = hash;
        this.announced = announced;
        this.out = new BufferedOutputStream(new Hashed(Channels.newOutputStream(file.channel())), BUFFER);
    }

    @Override
    public OutputStream out() {
        return out;
    }

    /** Bytes that have come so far, apart from those in the buffer. */
    long size() {
        return size;
    }

    @Override
    public Descriptor commit(String mediaType) throws IOException {
        Digest digest = Digest.ofSha256(end());
        moveTo(digest);
        return Descriptor.of(mediaType, digest, size);
    }

    /** Puts the blob under the name it should have, if it is what it should be. */
    void commit(Descriptor expected) throws IOException {
        String hex = HexFormat.of().formatHex(end());
        Digest digest = expected.digest();
        if (!hex.equals(digest.hex()) || size != expected.size()) {
            throw new IOException("the blob should be " + digest + " of " + expected.size() + " bytes but is "
                    + digest.algorithm() + ":" + hex + " of " + size);
        }
        moveTo(digest);
    }

    private byte[] end() throws IOException {
        if (ended) {
            throw new IllegalStateException("the blob is already committed");
        }
        ended = true;
        out.flush();
        return hash.digest();
    }

    private void moveTo(Digest digest) throws IOException {
        Path target = blobs.path(digest);
        try {
            file.channel().force(true);
            Files.createDirectories(blobs.directory(digest));
            Files.move(file.path(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the store's directories lie on different file systems", e);
        } catch (IOException e) {
            throw StoreErrors.writing(target, size, e);
        }
    }

    @Override
    public void close() {
        ended = true;
        file.close();
    }

    /** The file below; it stays open, and locked, until the blob is committed or discarded. */
    private final class Hashed extends OutputStream {
        private final OutputStream below;

        Hashed(OutputStream below) {
            this.below = below;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                below.write(bytes, offset, length);
            } catch (IOException e) {
                free();
                throw StoreErrors.writing(file.path(), Math.max(announced, size + length), e);
            }
            hash.update(bytes, offset, length);
            size += length;
        }

        /** What has come so far is of no use any more, and others may need the room. */
        private void free() {
            try {
                file.channel().truncate(0);
            } catch (IOException e) {
                return; // it goes with the file
            }
        }
    }
}
