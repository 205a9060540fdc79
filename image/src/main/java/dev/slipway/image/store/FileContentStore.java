package dev.slipway.image.store;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A content store in {@code blobs/<algorithm>/<hex>} of a directory. Unfinished blobs lie in {@code tmp}. */
public final class FileContentStore implements ContentStore {
    private static final int BUFFER = 64 * 1024;

    private final Path blobs;
    private final TemporaryFiles temporary;

    private FileContentStore(Path blobs, TemporaryFiles temporary) {
        this.blobs = blobs;
        this.temporary = temporary;
    }

    /**
     * Opens the store of a state directory, which is made if it is not there, and removes what dead processes left.
     *
     * @throws IOException if the directory cannot be made or read
     */
    public static FileContentStore open(Path home) throws IOException {
        Path blobs = Files.createDirectories(home.resolve("blobs"));
        return new FileContentStore(blobs, TemporaryFiles.open(home.resolve("tmp")));
    }

    @Override
    public boolean contains(Digest digest) {
        return Files.isRegularFile(file(digest));
    }

    @Override
    public InputStream open(Digest digest) throws IOException {
        return Files.newInputStream(file(digest));
    }

    @Override
    public void put(Descriptor descriptor, InputStream content) throws IOException {
        if (contains(descriptor.digest())) {
            return;
        }
        try (Incoming incoming =
                new Incoming(temporary.create(), descriptor.digest().newHash())) {
            copy(content, incoming, descriptor);
            String hex = incoming.hex();
            if (!hex.equals(descriptor.digest().hex()) || incoming.size != descriptor.size()) {
                throw new IOException("the blob should be " + descriptor.digest() + " of " + descriptor.size()
                        + " bytes but is " + descriptor.digest().algorithm() + ":" + hex + " of " + incoming.size);
            }
            incoming.moveTo(descriptor.digest());
        }
    }

    /** Stops as soon as more comes than was announced. */
    private static void copy(InputStream content, Incoming incoming, Descriptor descriptor) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int got = content.read(buffer); got >= 0; got = content.read(buffer)) {
            incoming.out().write(buffer, 0, got);
            if (incoming.size > descriptor.size()) {
                throw new IOException("the blob " + descriptor.digest() + " is longer than the " + descriptor.size()
                        + " bytes that were announced");
            }
        }
    }

    @Override
    public Writer write() throws IOException {
        return new Incoming(temporary.create(), Digest.sha256());
    }

    private Path file(Digest digest) {
        return blobs.resolve(digest.algorithm()).resolve(digest.hex());
    }

    private final class Incoming implements Writer {
        private final TemporaryFiles.Temporary file;
        private final MessageDigest hash;
        private final OutputStream out;
        private long size;

        Incoming(TemporaryFiles.Temporary file, MessageDigest hash) {
            this.file = file;
            this.hash = hash;
            this.out = new BufferedOutputStream(
                    new FilterOutputStream(Channels.newOutputStream(file.channel())) {
                        @Override
                        public void write(int b) throws IOException {
                            write(new byte[] {(byte) b}, 0, 1);
                        }

                        @Override
                        public void write(byte[] bytes, int offset, int length) throws IOException {
                            out.write(bytes, offset, length);
                            hash.update(bytes, offset, length);
                            size += length;
                        }

                        @Override
                        public void close() throws IOException {
                            flush(); // the file stays open, and locked, until it is committed or discarded
                        }
                    },
                    BUFFER);
        }

        @Override
        public OutputStream out() {
            return out;
        }

        @Override
        public Descriptor commit(String mediaType) throws IOException {
            out.flush();
            Digest digest = Digest.ofSha256(hash.digest());
            moveTo(digest);
            return Descriptor.of(mediaType, digest, size);
        }

        String hex() throws IOException {
            out.flush();
            return HexFormat.of().formatHex(hash.digest());
        }

        void moveTo(Digest digest) throws IOException {
            file.channel().force(true);
            Path target = file(digest);
            Files.createDirectories(target.getParent());
            move(file.path(), target);
        }

        @Override
        public void close() {
            file.close();
        }
    }

    private static void move(Path source, Path target) throws IOException {
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the store's directories lie on different file systems", e);
        }
    }
}
