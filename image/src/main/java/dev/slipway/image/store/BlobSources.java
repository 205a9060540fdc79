package dev.slipway.image.store;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.transfer.BlobSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Blobs as things to send. */
public final class BlobSources {
    private BlobSources() {}

    /** A blob of the store, opened anew each time. */
    public static BlobSource ofStore(ContentStore store, Descriptor descriptor) {
        return new Stored(store, descriptor);
    }

    /** A small blob in memory. */
    public static BlobSource ofBytes(String mediaType, byte[] content) {
        return new InMemory(Descriptor.of(mediaType, content), content.clone());
    }

    private record Stored(ContentStore store, Descriptor descriptor) implements BlobSource {
        @Override
        public InputStream open() throws IOException {
            return store.open(descriptor.digest());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record InMemory(Descriptor descriptor, byte[] content) implements BlobSource {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content);
        }
    }
}
