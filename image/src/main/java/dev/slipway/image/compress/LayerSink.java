package dev.slipway.image.compress;

import com.github.luben.zstd.ZstdOutputStream;
import dev.slipway.image.model.Digest;
import dev.slipway.image.store.ContentStore;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/**
 * Takes the tar of a layer and puts it compressed into the store, in one pass: DiffID, compression, digest. Memory does
 * not depend on the layer's size. Closing it without {@link #finish} leaves nothing. Confined to one thread.
 */
public final class LayerSink extends OutputStream {
    private static final int MOST_WORKERS = 2;
    private static final int ZSTD_LEVEL = 3;

    private final ContentStore.Writer writer;
    private final Compression compression;
    private final OutputStream compressor;
    private final MessageDigest diffId = Digest.sha256();
    private long tarBytes;

    private LayerSink(ContentStore.Writer writer, Compression compression, OutputStream compressor) {
        this.writer = writer;
        this.compression = compression;
        this.compressor = compressor;
    }

    public static LayerSink open(ContentStore store, Compression compression) throws IOException {
        return open(
                store, compression, Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors()));
    }

    /** @param parallelism threads that compress; has no influence on the bytes */
    static LayerSink open(ContentStore store, Compression compression, int parallelism) throws IOException {
        ContentStore.Writer writer = store.write();
        try {
            OutputStream compressor = switch (compression) {
                case NONE -> writer.out();
                case GZIP -> new GzipMembers(writer.out(), parallelism);
                case ZSTD -> new ZstdOutputStream(writer.out(), ZSTD_LEVEL);
            };
            return new LayerSink(writer, compression, compressor);
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        diffId.update(bytes, offset, length);
        tarBytes += length;
        compressor.write(bytes, offset, length);
    }

    /** Ends the layer and puts it into the store. Called once. */
    public CompressedLayer finish() throws IOException {
        if (compressor instanceof GzipMembers gzip) {
            gzip.finish();
        }
        compressor.close();
        return new CompressedLayer(
                writer.commit(compression.dockerMediaType()), Digest.ofSha256(diffId.digest()), tarBytes);
    }

    @Override
    public void close() throws IOException {
        try {
            compressor.close();
        } finally {
            writer.close();
        }
    }
}
