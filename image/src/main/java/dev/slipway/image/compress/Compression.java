package dev.slipway.image.compress;

import com.github.luben.zstd.ZstdInputStream;
import dev.slipway.image.model.MediaFamily;
import dev.slipway.image.model.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/** How the tar of a layer is compressed. */
public enum Compression {
    NONE(MediaType.OCI_LAYER, MediaType.DOCKER_LAYER, 0, 0, 0),
    GZIP(MediaType.OCI_LAYER_GZIP, MediaType.DOCKER_LAYER_GZIP, 1, 6, 9),
    /** Docker's manifests have no zstd that clients agree on: whoever writes such layers writes an OCI manifest. */
    ZSTD(MediaType.OCI_LAYER_ZSTD, MediaType.OCI_LAYER_ZSTD, 1, 3, 19);

    private static final int MAGIC_LENGTH = 4;
    private static final int BUFFER = 64 * 1024;

    private final String ociMediaType;
    private final String dockerMediaType;
    private final int lowestLevel;
    private final int usualLevel;
    private final int highestLevel;

    Compression(String ociMediaType, String dockerMediaType, int lowestLevel, int usualLevel, int highestLevel) {
        this.ociMediaType = ociMediaType;
        this.dockerMediaType = dockerMediaType;
        this.lowestLevel = lowestLevel;
        this.usualLevel = usualLevel;
        this.highestLevel = highestLevel;
    }

    /** The media type of a layer that is compressed so. */
    public String mediaType(MediaFamily family) {
        return switch (family) {
            case OCI -> ociMediaType;
            case DOCKER -> dockerMediaType;
        };
    }

    int lowestLevel() {
        return lowestLevel;
    }

    int usualLevel() {
        return usualLevel;
    }

    int highestLevel() {
        return highestLevel;
    }

    /** What the first bytes of a stream, at least 4 unless it is shorter, say; media types are not always right. */
    public static Compression detect(byte[] first) {
        if (first.length >= 2 && first[0] == 0x1f && first[1] == (byte) 0x8b) {
            return GZIP;
        }
        if (first.length < MAGIC_LENGTH) {
            return NONE;
        }
        int magic = (first[0] & 0xff) | (first[1] & 0xff) << 8 | (first[2] & 0xff) << 16 | (first[3] & 0xff) << 24;
        boolean zstd = magic == 0xfd2fb528 || (magic & 0xfffffff0) == 0x184d2a50; // a frame, or one to skip
        return zstd ? ZSTD : NONE;
    }

    /**
     * The plain bytes of a stream that may be compressed; gzip members and zstd frames that follow one another are one
     * stream; what follows a gzip member and is none ends the stream silently, so that only a DiffID tells whether all of it
     * came. Closing the result closes the stream. Holds about 128 KiB, for zstd also the frame's window of at most
     * 128 MiB outside the heap.
     *
     * @throws IOException if the stream begins as a compressed one and is not; it is not closed then
     */
    public static InputStream decompress(InputStream compressed) throws IOException {
        PushbackInputStream stream = new PushbackInputStream(compressed, MAGIC_LENGTH);
        byte[] first = stream.readNBytes(MAGIC_LENGTH);
        stream.unread(first);
        return switch (detect(first)) {
            case GZIP -> new GZIPInputStream(stream, BUFFER);
            case ZSTD -> zstd(stream);
            case NONE -> stream;
        };
    }

    private static InputStream zstd(InputStream stream) throws IOException {
        ZstdLibrary.require();
        return new ZstdInputStream(stream);
    }
}
