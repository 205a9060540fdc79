package dev.slipway.image.store;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * A content store in {@code blobs/<algorithm>/<hex>} of a directory. Unfinished blobs lie in {@code tmp}, which must be on
 * the same file system. A full disk is a {@link dev.slipway.foundation.error.MachineException}. A blob's bytes are on the
 * disk before it gets its name.
 */
public final class FileContentStore implements ContentStore {
    private static final int BUFFER = 64 * 1024;

    private final BlobFiles blobs;
    private final TemporaryFiles temporary;

    private FileContentStore(BlobFiles blobs, TemporaryFiles temporary) {
        this.blobs = blobs;
        this.temporary = temporary;
    }

    /**
     * Opens the store of a state directory, which is made if it is not there, and removes what dead processes left.
     *
     * @throws IOException if the directory cannot be made or read
     */
    public static FileContentStore open(Path home) throws IOException {
        return open(home, home.resolve("tmp"));
    }

    /** With another place for what is unfinished. */
    public static FileContentStore open(Path home, Path temporary) throws IOException {
        Path blobs = Files.createDirectories(home.resolve("blobs"));
        return new FileContentStore(new BlobFiles(blobs), TemporaryFiles.open(temporary));
    }

    @Override
    public boolean contains(Digest digest) {
        return Files.isRegularFile(path(digest));
    }

    @Override
    public InputStream open(Digest digest) throws IOException {
        return Files.newInputStream(path(digest));
    }

    @Override
    public void put(Descriptor descriptor, InputStream content) throws IOException {
        if (contains(descriptor.digest())) {
            requireSize(descriptor);
            return;
        }
        try (IncomingBlob incoming = incoming(descriptor.digest().newHash(), descriptor.size())) {
            copy(content, incoming, descriptor);
            incoming.commit(descriptor);
        }
    }

    /** What lies under a digest has that digest, so that it is the descriptor that is wrong. */
    private void requireSize(Descriptor descriptor) throws IOException {
        long size = size(descriptor.digest());
        if (size != descriptor.size()) {
            throw new IOException("the blob " + descriptor.digest() + " has " + size + " bytes, not the "
                    + descriptor.size() + " that were announced");
        }
    }

    /** Stops as soon as more comes than was announced. */
    private static void copy(InputStream content, IncomingBlob incoming, Descriptor descriptor) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int got = content.read(buffer); got >= 0; got = content.read(buffer)) {
            size += got;
            if (size > descriptor.size()) {
                throw new IOException("the blob " + descriptor.digest() + " is longer than the " + descriptor.size()
                        + " bytes that were announced");
            }
            incoming.out().write(buffer, 0, got);
        }
    }

    @Override
    public Writer write() throws IOException {
        return incoming(Digest.sha256(), 0);
    }

    private IncomingBlob incoming(MessageDigest hash, long announced) throws IOException {
        return new IncomingBlob(temporary.create(), blobs, hash, announced);
    }

    /** The file of a blob, whether it is there or not. It is not to be written to. */
    public Path path(Digest digest) {
        return blobs.path(digest);
    }

    /** Bytes of the blob. */
    public long size(Digest digest) throws IOException {
        return Files.size(path(digest));
    }

    /** The digests of all blobs, sorted. */
    public List<Digest> list() throws IOException {
        return blobs.list();
    }

    /** Reads the blob and says whether its bytes are still what its name says. */
    public boolean verify(Digest digest) throws IOException {
        MessageDigest hash = digest.newHash();
        try (InputStream in = open(digest)) {
            byte[] buffer = new byte[BUFFER];
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                hash.update(buffer, 0, got);
            }
        }
        return HexFormat.of().formatHex(hash.digest()).equals(digest.hex());
    }

    /** Removes the blob; does nothing if it is not there. Who has it open can read on. */
    public void remove(Digest digest) throws IOException {
        Files.deleteIfExists(path(digest));
    }

    /** Removes what dead processes left unfinished; what a living one writes stays. */
    public void removeStale() throws IOException {
        temporary.removeStale();
    }
}
