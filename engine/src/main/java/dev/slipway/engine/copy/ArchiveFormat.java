package dev.slipway.engine.copy;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import dev.slipway.image.compress.Compression;
import dev.slipway.image.layer.tar.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells by its content whether a file is an archive that ADD unpacks: names and endings say nothing. */
final class ArchiveFormat {
    private static final byte[] BZIP2 = {'B', 'Z', 'h'};
    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final int LONGEST_MAGIC = 6;

    private ArchiveFormat() {}

    /** Whether the file is a tar, plain or compressed, with at least one entry. Leaves the position anywhere. */
    static boolean isArchive(Fd file, ByteString name) {
        file.seek(0);
        try (FdStreams streams = new FdStreams()) {
            byte[] first = streams.input(file).readNBytes(LONGEST_MAGIC);
            if (begins(first, BZIP2) || begins(first, XZ)) {
                throw new BuildFailedException(
                        Problem.of("ADD of '" + name + "' is not supported yet", "it is compressed with bzip2 or xz")
                                .remedy("compress it with gzip or zstd, or use COPY to add it as it is"));
            }
            file.seek(0);
            return new TarReader(plain(streams, file)).next().isPresent();
        } catch (IOException e) {
            return false; // neither a tar nor a compressed one: an ordinary file
        }
    }

    /** The uncompressed bytes of the file from its beginning. */
    static InputStream plain(FdStreams streams, Fd file) throws IOException {
        return Compression.decompress(new BufferedInputStream(streams.input(file)));
    }

    private static boolean begins(byte[] first, byte[] magic) {
        if (first.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (first[i] != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
