package dev.slipway.image.compress;

import com.github.luben.zstd.ZstdInputStream;
import dev.slipway.image.model.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/** How the tar of a layer is compressed. */
public enum Compression {
    NONE(MediaType.OCI_LAYER, MediaType.DOCKER_LAYER),
    GZIP(MediaType.OCI_LAYER_GZIP, MediaType.DOCKER_LAYER_GZIP),
    /** Docker's own media types have no zstd that clients agree on. */
    ZSTD(MediaType.OCI_LAYER_ZSTD, MediaType.OCI_LAYER_ZSTD);

    private static final int MAGIC_LENGTH = 4;
    private static final int BUFFER = 64 * 1024;

    private final String ociMediaType;
    private final String dockerMediaType;

    Compression(String ociMediaType, String dockerMediaType) {
        this.ociMediaType = ociMediaType;
        this.dockerMediaType = dockerMediaType;
    }

    public String ociMediaType() {
        return ociMediaType;
    }

    public String dockerMediaType() {
        return dockerMediaType;
    }

    /** What the first bytes of a stream say; media types are not always right. */
    public static Compression detect(byte[] first) {
        if (first.length >= 2 && first[0] == 0x1f && first[1] == (byte) 0x8b) {
            return GZIP;
        }
        if (first.length >= MAGIC_LENGTH
                && first[0] == 0x28
                && first[1] == (byte) 0xb5
                && first[2] == 0x2f
                && first[3] == (byte) 0xfd) {
            return ZSTD;
        }
        return NONE;
    }

    /**
     * The plain bytes of a stream that may be compressed. Closing the result closes the stream.
     *
     * @throws IOException if the stream begins as a compressed one and is not
     */
    public static InputStream decompress(InputStream compressed) throws IOException {
        PushbackInputStream stream = new PushbackInputStream(compressed, MAGIC_LENGTH);
        byte[] first = stream.readNBytes(MAGIC_LENGTH);
        stream.unread(first);
        return switch (detect(first)) {
            case GZIP -> new GZIPInputStream(stream, BUFFER);
            case ZSTD -> new ZstdInputStream(stream);
            case NONE -> stream;
        };
    }
}
