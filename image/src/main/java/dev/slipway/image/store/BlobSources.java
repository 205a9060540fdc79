package dev.slipway.image.store;

import dev.slipway.image.model.Descriptor;
import dev.slipway.image.transfer.BlobSource;
import java.io.IOException;
import java.io.InputStream;

/** Blobs of the store as things to send. */
public final class BlobSources {
    private BlobSources() {}

    public static BlobSource ofStore(ContentStore store, Descriptor descriptor) {
        return new Stored(store, descriptor);
    }

    private record Stored(ContentStore store, Descriptor descriptor) implements BlobSource {
        @Override
        public InputStream open() throws IOException {
            return store.open(descriptor.digest());
        }
    }
}
