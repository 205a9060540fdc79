package dev.slipway.image.compress;

import com.github.luben.zstd.ZstdOutputStream;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.MediaFamily;
import dev.slipway.image.store.ContentStore;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/**
 * Takes the tar of a layer and puts it compressed into the store, in one pass: DiffID, compression, digest. The bytes of
 * the blob depend on the tar and the format alone, neither on the machine nor on how the tar is cut into writes;
 * flushing has no effect. Memory does not depend on the layer's size: for gzip at most 5 lanes of about 2 MiB, for zstd
 * about 4 MiB outside the heap, for each 64 KiB more. Closing it without {@link #finish} leaves nothing. Confined to one
 * thread.
 */
public final class LayerSink extends OutputStream {
    private final ContentStore.Writer writer;
    private final LayerFormat format;
    private final OutputStream compressor;
    private final MessageDigest diffId = Digest.sha256();
    private long tarBytes;
    private boolean finished;
    private boolean closed;

    private LayerSink(ContentStore.Writer writer, LayerFormat format, OutputStream compressor) {
        this.writer = writer;
        this.format = format;
        this.compressor = compressor;
    }

    /** With the usual level and Docker's media types. */
    public static LayerSink open(ContentStore store, Compression compression) throws IOException {
        return open(store, LayerFormat.of(compression, MediaFamily.DOCKER));
    }

    public static LayerSink open(ContentStore store, LayerFormat format) throws IOException {
        return open(store, format, CompressionThreads.COUNT);
    }

    /** @param parallelism members of gzip that are compressed at once; has no influence on the bytes */
    static LayerSink open(ContentStore store, LayerFormat format, int parallelism) throws IOException {
        ContentStore.Writer writer = store.write();
        try {
            OutputStream compressor = switch (format.compression()) {
                case NONE -> writer.out();
                case GZIP -> new GzipMembers(writer.out(), format.level(), parallelism);
                case ZSTD -> zstd(writer.out(), format.level());
            };
            return new LayerSink(writer, format, compressor);
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private static OutputStream zstd(OutputStream out, int level) throws IOException {
        ZstdLibrary.require();
        return new ZstdOutputStream(out, level);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (finished || closed) {
            throw new IOException("the layer is already finished");
        }
        diffId.update(bytes, offset, length);
        tarBytes += length;
        compressor.write(bytes, offset, length);
    }

    /**
     * Ends the layer and puts it into the store.
     *
     * @throws IllegalStateException if it was finished or closed before
     */
    public CompressedLayer finish() throws IOException {
        if (finished || closed) {
            throw new IllegalStateException("the layer is already finished");
        }
        finished = true;
        if (compressor instanceof GzipMembers gzip) {
            gzip.finish();
        }
        compressor.close();
        return new CompressedLayer(writer.commit(format.mediaType()), Digest.ofSha256(diffId.digest()), tarBytes);
    }

    /** Frees everything; discards the layer unless it is finished. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (writer) {
            compressor.close();
        } catch (IOException | RuntimeException e) {
            // compressors write when they are closed; what is discarded need not reach the disk
        }
    }
}
