package dev.slipway.image.layout;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.image.layer.tar.TarEntry;
import dev.slipway.image.layer.tar.TarReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a layout that is read. */
sealed interface LayoutFiles {
    /**
     * Opens a file anew; whoever opens it closes it.
     *
     * @throws NoSuchFileException if it is not there
     */
    InputStream open(String name) throws IOException;

    static LayoutFiles of(Path place) {
        return Files.isDirectory(place) ? new InDirectory(place) : new InArchive(place);
    }

    /** Files in a directory. */
    record InDirectory(Path directory) implements LayoutFiles {
        @Override
        public InputStream open(String name) throws IOException {
            return Files.newInputStream(directory.resolve(name));
        }
    }

    /** Files in an uncompressed tar; each opening looks through the headers and skips what lies between. */
    record InArchive(Path archive) implements LayoutFiles {
        @Override
        public InputStream open(String name) throws IOException {
            InputStream file = Files.newInputStream(archive);
            try {
                TarReader tar = new TarReader(file);
                ByteString wanted = ByteString.of(name);
                ByteString dotted = ByteString.of("./" + name);
                for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
                    TarEntry entry = next.get();
                    if (entry.kind() == TarEntry.Kind.FILE
                            && (entry.name().equals(wanted) || entry.name().equals(dotted))) {
                        return closing(tar.content(), file);
                    }
                }
                throw new NoSuchFileException(archive + ":" + name);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }

        private static InputStream closing(InputStream content, InputStream file) {
            return new FilterInputStream(content) {
                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        }
    }
}
