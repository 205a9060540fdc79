package dev.slipway.engine.solve;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.image.compress.Compression;
import dev.slipway.image.layer.tar.TarEntry;
import dev.slipway.image.layer.tar.TarReader;
import dev.slipway.image.layer.tar.TarWriter;
import dev.slipway.image.model.Descriptor;
import dev.slipway.image.model.Digest;
import dev.slipway.image.store.ContentStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** Stands between who writes a layer and the store, and keeps another layer than it was given. */
record DamagingStore(ContentStore store, UnaryOperator<List<DamagingStore.Part>> damage, ByteString atTheEnd)
        implements ContentStore {
    /** An entry with its content. */
    record Part(TarEntry entry, ByteString content) {}

    @Override
    public boolean contains(Digest digest) {
        return store.contains(digest);
    }

    @Override
    public InputStream open(Digest digest) throws IOException {
        return store.open(digest);
    }

    @Override
    public void put(Descriptor descriptor, InputStream content) throws IOException {
        store.put(descriptor, content);
    }

    @Override
    public Writer write() throws IOException {
        return new Damaging(store.write());
    }

    private final class Damaging implements Writer {
        private final Writer writer;
        private final ByteArrayOutputStream given = new ByteArrayOutputStream();

        Damaging(Writer writer) {
            this.writer = writer;
        }

        @Override
        public OutputStream out() {
            return given;
        }

        @Override
        public Descriptor commit(String mediaType) throws IOException {
            List<Part> parts = parts(Compression.decompress(new ByteArrayInputStream(given.toByteArray())));
            GZIPOutputStream gzip = new GZIPOutputStream(writer.out());
            TarWriter tar = new TarWriter(gzip);
            for (Part part : damage.apply(parts)) {
                if (part.entry().kind() == TarEntry.Kind.FILE) {
                    tar.add(
                            part.entry(),
                            new ByteArrayInputStream(part.content().toBytes()));
                } else {
                    tar.add(part.entry());
                }
            }
            tar.finish();
            gzip.write(atTheEnd.toBytes());
            gzip.finish();
            return writer.commit(mediaType);
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    private static List<Part> parts(InputStream in) throws IOException {
        TarReader tar = new TarReader(in);
        List<Part> parts = new ArrayList<>();
        for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
            parts.add(new Part(entry.get(), ByteString.of(tar.content().readAllBytes())));
        }
        return parts;
    }
}
