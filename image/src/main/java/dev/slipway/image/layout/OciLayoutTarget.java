package dev.slipway.image.layout;

import dev.slipway.image.json.ImageJson;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.Index;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.image.store.BlobSources;
import dev.slipway.image.store.FileContentStore;
import dev.slipway.image.store.StoreErrors;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.image.transfer.ImageTarget;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.PushReceipt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes images into an OCI image layout: a directory, which may hold several images and keeps those it has, or an archive
 * of one image, which is replaced. An image may go without names. Readers see an image when all of it is there.
 * Manifests keep their bytes, also Docker's, which most other tools do not look for in a layout.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md">image-spec, image layout</a>
 */
public final class OciLayoutTarget implements ImageTarget {
    /** One layout is written at a time; between processes the lock of its mark does the same. */
    private static final ReentrantLock WRITING = new ReentrantLock();

    private final Path place;
    private final boolean archive;

    private OciLayoutTarget(Path place, boolean archive) {
        this.place = place;
        this.archive = archive;
    }

    /** The directory is made if it is not there. */
    public static OciLayoutTarget directory(Path directory) {
        return new OciLayoutTarget(directory, false);
    }

    /** An uncompressed tar; a file of that name is replaced when the new one is whole. */
    public static OciLayoutTarget archive(Path file) {
        return new OciLayoutTarget(file, true);
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.slipway.foundation.error.MachineException if the file system refuses or is full
     */
    @Override
    public PushReceipt push(OutgoingImage image, List<ImageReference> names) {
        try {
            return archive ? writeArchive(image, names) : writeDirectory(image, names);
        } catch (IOException e) {
            throw LayoutErrors.failed(
                    place, "write the image " + image.manifestDescriptor().digest(), e);
        }
    }

    private PushReceipt writeArchive(OutgoingImage image, List<ImageReference> names) throws IOException {
        Index index = LayoutIndex.with(LayoutIndex.EMPTY, image, names);
        Map<Digest, BlobSource> blobs = blobs(image);
        LayoutArchive.write(place, index, blobs.values());
        long bytes = blobs.values().stream()
                .mapToLong(blob -> blob.descriptor().size())
                .sum();
        return new PushReceipt(image.manifestDescriptor().digest(), bytes, blobs.size(), 0);
    }

    private PushReceipt writeDirectory(OutgoingImage image, List<ImageReference> names) throws IOException {
        WRITING.lock();
        try {
            Files.createDirectories(place);
            try (FileChannel mark = FileChannel.open(
                            place.resolve(Layout.MARK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = mark.lock()) {
                if (held.isValid() && mark.size() == 0) {
                    mark.write(ByteBuffer.wrap(Layout.mark()));
                }
                PushReceipt receipt = writeBlobs(image);
                writeIndex(LayoutIndex.with(readIndex(), image, names));
                return receipt;
            }
        } finally {
            WRITING.unlock();
        }
    }

    private PushReceipt writeBlobs(OutgoingImage image) throws IOException {
        Path temporary = place.resolve(".unfinished");
        FileContentStore store = FileContentStore.open(place, temporary);
        long bytes = 0;
        int written = 0;
        int reused = 0;
        for (BlobSource blob : blobs(image).values()) {
            Descriptor descriptor = blob.descriptor();
            if (store.contains(descriptor.digest())) {
                reused++;
                continue;
            }
            try (InputStream content = blob.open()) {
                store.put(descriptor, content);
            }
            written++;
            bytes += descriptor.size();
        }
        removeEmpty(temporary);
        return new PushReceipt(image.manifestDescriptor().digest(), bytes, written, reused);
    }

    private static void removeEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            return; // somebody else's unfinished blobs
        }
    }

    /** Each once, the manifest last. */
    private static Map<Digest, BlobSource> blobs(OutgoingImage image) {
        Map<Digest, BlobSource> blobs = new LinkedHashMap<>();
        image.layers().forEach(layer -> blobs.putIfAbsent(layer.descriptor().digest(), layer));
        blobs.put(
                image.configDescriptor().digest(),
                BlobSources.ofBytes(image.configDescriptor().mediaType(), image.config()));
        blobs.put(
                image.manifestDescriptor().digest(),
                BlobSources.ofBytes(image.manifestDescriptor().mediaType(), image.manifest()));
        return blobs;
    }

    private Index readIndex() throws IOException {
        Path file = place.resolve(Layout.INDEX);
        if (!Files.exists(file)) {
            return LayoutIndex.EMPTY;
        }
        try {
            return ImageJson.readIndex(Files.readAllBytes(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void writeIndex(Index index) throws IOException {
        Path fresh = place.resolve(Layout.INDEX + ".new"); // one writer at a time
        try {
            Files.write(fresh, ImageJson.writeIndex(index));
            Files.move(fresh, place.resolve(Layout.INDEX), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw StoreErrors.writing(fresh, 0, e);
        }
    }
}
