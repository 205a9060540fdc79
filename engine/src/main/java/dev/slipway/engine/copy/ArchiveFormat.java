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
import java.util.Arrays;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/**
 * Tells by its content whether a file is an archive that ADD unpacks: names and endings say nothing. Compressed with gzip,
 * bzip2, xz or zstd, or not at all.
 */
final class ArchiveFormat {
    private static final byte[] BZIP2 = {'B', 'Z', 'h'};
    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final int LONGEST_MAGIC = 6;
    private static final int TAR_BLOCK = 512;
    private static final int TAR_CHECKSUM = 148;
    private static final int TAR_CHECKSUM_LENGTH = 8;

    /** Enough for {@code xz -9}, whose dictionary of 64 MiB is the largest of its presets. */
    private static final int XZ_MOST_KIB = 66 * 1024;

    private ArchiveFormat() {}

    /**
     * Whether the file is a tar, plain or compressed, with at least one entry. Leaves the position anywhere.
     *
     * @throws BuildFailedException without a place, if telling it takes more memory than there may be
     */
    static boolean isArchive(Fd file, ByteString name) {
        file.seek(0);
        try (FdStreams streams = new FdStreams();
                InputStream plain = plain(streams.input(file))) {
            return new TarReader(plain).next().isPresent();
        } catch (MemoryLimitException e) {
            throw tooMuchMemory(name);
        } catch (IOException e) {
            return false; // neither a tar nor a compressed one: an ordinary file
        }
    }

    static BuildFailedException tooMuchMemory(ByteString name) {
        return new BuildFailedException(Problem.of(
                        "cannot unpack '" + name + "'",
                        "its xz dictionary takes more than " + XZ_MOST_KIB / 1024 + " MiB of memory")
                .remedy("compress it with xz -9 at most, or use COPY to add it as it is"));
    }

    /**
     * The uncompressed bytes of a stream that may be compressed. Closing the result closes the stream.
     *
     * @throws IOException if the stream begins as a compressed one and is not
     */
    static InputStream plain(InputStream file) throws IOException {
        BufferedInputStream stream = new BufferedInputStream(file);
        stream.mark(LONGEST_MAGIC);
        byte[] first = stream.readNBytes(LONGEST_MAGIC);
        stream.reset();
        if (begins(first, XZ)) {
            return new XZInputStream(stream, XZ_MOST_KIB);
        }
        if (begins(first, BZIP2)) {
            return new Bzip2Members(stream);
        }
        return Compression.decompress(stream);
    }

    /** Whether a file that begins so is compressed, or says so. */
    static boolean isCompressed(byte[] first) {
        return begins(first, XZ) || begins(first, BZIP2) || Compression.detect(first) != Compression.NONE;
    }

    /**
     * Whether the block has the checksum of a header, or is one of those zeros that end an archive.
     *
     * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">POSIX, ustar Interchange Format</a>
     */
    static boolean isTarHeader(byte[] block) {
        if (block.length < TAR_BLOCK) {
            return false;
        }
        int sum = 0;
        int written = 0;
        boolean ended = false;
        for (int i = 0; i < TAR_BLOCK; i++) {
            boolean isSum = i >= TAR_CHECKSUM && i < TAR_CHECKSUM + TAR_CHECKSUM_LENGTH;
            sum += isSum ? ' ' : block[i] & 0xff;
            if (isSum && !ended && block[i] >= '0' && block[i] <= '7') {
                written = written * 8 + block[i] - '0';
            } else if (isSum && (written > 0 || block[i] != ' ')) {
                ended = true;
            }
        }
        return sum == written || sum == TAR_CHECKSUM_LENGTH * ' ';
    }

    private static boolean begins(byte[] first, byte[] magic) {
        return Arrays.equals(Arrays.copyOf(first, Math.min(first.length, magic.length)), magic);
    }
}
