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
import dev.slipway.image.transfer.Outgoing;
import dev.slipway.image.transfer.OutgoingImage;
import dev.slipway.image.transfer.PushReceipt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
    private final Form form;

    private OciLayoutTarget(Path place, Form form) {
        this.place = place;
        this.form = form;
    }

    private enum Form {
        DIRECTORY,
        ARCHIVE,
        DOCKER_ARCHIVE
    }

    /** The directory is made if it is not there. */
    public static OciLayoutTarget directory(Path directory) {
        return new OciLayoutTarget(directory, Form.DIRECTORY);
    }

    /** An uncompressed tar; a file of that name is replaced when the new one is whole. */
    public static OciLayoutTarget archive(Path file) {
        return new OciLayoutTarget(file, Form.ARCHIVE);
    }

    /**
     * An {@link #archive} that {@code docker load} reads, too: beside the layout stands Docker's list of what to load,
     * which names the layout's blobs. Compressed layers stay compressed, so that the image keeps its digest.
     */
    public static OciLayoutTarget dockerArchive(Path file) {
        return new OciLayoutTarget(file, Form.DOCKER_ARCHIVE);
    }

    /**
     * Writes an archive into a stream and leaves that open.
     *
     * @param docker whether {@code docker load} is to read it, too
     * @param name what to call the stream in errors
     * @throws dev.slipway.foundation.error.ServiceException if the stream breaks off, or a blob is not what it should be
     */
    public static void stream(
            OutputStream out, String name, boolean docker, Outgoing image, List<ImageReference> names) {
        try {
            archiveOf(image, names, docker).write(out);
        } catch (IOException e) {
            throw LayoutErrors.failed(
                    Path.of(name),
                    "write the image " + image.manifestDescriptor().digest(),
                    e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.slipway.foundation.error.MachineException if the file system refuses or is full
     */
    @Override
    public PushReceipt push(Outgoing image, List<ImageReference> names) {
        try {
            return form == Form.DIRECTORY ? writeDirectory(image, names) : writeArchive(image, names);
        } catch (IOException e) {
            throw LayoutErrors.failed(
                    place, "write the image " + image.manifestDescriptor().digest(), e);
        }
    }

    private PushReceipt writeArchive(Outgoing image, List<ImageReference> names) throws IOException {
        LayoutArchive archive = archiveOf(image, names, form == Form.DOCKER_ARCHIVE);
        archive.write(place);
        long bytes = archive.blobs().stream()
                .mapToLong(blob -> blob.descriptor().size())
                .sum();
        return new PushReceipt(
                image.manifestDescriptor().digest(), bytes, archive.blobs().size(), 0);
    }

    private static LayoutArchive archiveOf(Outgoing image, List<ImageReference> names, boolean docker) {
        return new LayoutArchive(
                LayoutIndex.with(LayoutIndex.EMPTY, image, names),
                List.copyOf(blobs(image).values()),
                docker ? Map.of(Layout.DOCKER, DockerList.of(image, names)) : Map.of());
    }

    private PushReceipt writeDirectory(Outgoing image, List<ImageReference> names) throws IOException {
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

    private PushReceipt writeBlobs(Outgoing image) throws IOException {
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

    /** Each once, the manifests last. */
    private static Map<Digest, BlobSource> blobs(Outgoing outgoing) {
        Map<Digest, BlobSource> blobs = new LinkedHashMap<>();
        for (OutgoingImage image : outgoing.images()) {
            image.layers().forEach(layer -> blobs.putIfAbsent(layer.descriptor().digest(), layer));
            blobs.put(
                    image.configDescriptor().digest(),
                    BlobSources.ofBytes(image.configDescriptor().mediaType(), image.config()));
        }
        for (Outgoing manifest : outgoing.manifests()) {
            blobs.put(
                    manifest.manifestDescriptor().digest(),
                    BlobSources.ofBytes(manifest.manifestDescriptor().mediaType(), manifest.manifest()));
        }
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
