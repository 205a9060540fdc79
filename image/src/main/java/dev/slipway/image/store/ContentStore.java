package dev.slipway.image.store;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Blobs by digest. Thread-safe, and safe for several processes on one directory. A blob that is there is whole: it
 * appears under its name by a rename after its bytes have been verified. A process that dies leaves only temporary files,
 * which the next one removes.
 */
public interface ContentStore {
    boolean contains(Digest digest);

    /**
     * Opens a blob. The caller closes it.
     *
     * @throws IOException if it is not there
     */
    InputStream open(Digest digest) throws IOException;

    /**
     * Copies the stream in, verified against digest and size; does nothing if the blob is there already (the stream is
     * then not read). The caller closes the stream.
     *
     * @throws IOException if reading or writing fails, or the content is not what the descriptor says; nothing is kept
     */
    void put(Descriptor descriptor, InputStream content) throws IOException;

    /** Starts a blob whose digest is not known yet. */
    Writer write() throws IOException;

    /** A blob being written. Closing without {@link #commit} discards it. */
    interface Writer extends AutoCloseable {
        /** Where the bytes go; closed by {@link #commit} or {@link #close}. */
        OutputStream out();

        /** Puts the blob under its digest and describes it. Idempotent with regard to the store. */
        Descriptor commit(String mediaType) throws IOException;

        @Override
        void close();
    }
}
