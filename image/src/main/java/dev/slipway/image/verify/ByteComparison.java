package dev.slipway.image.verify;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FdStreams;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Compares contents byte by byte, which says more than digests do and costs less. */
final class ByteComparison {
    private static final int BUFFER = 64 * 1024;

    private final FdStreams streams;
    private final byte[] layer = new byte[BUFFER];
    private final byte[] tree = new byte[BUFFER];

    ByteComparison(FdStreams streams) {
        this.streams = streams;
    }

    void requireSame(ByteString path, InputStream inLayer, Fd inTree) throws IOException {
        InputStream file = streams.input(inTree);
        long offset = 0;
        while (true) {
            int fromLayer = inLayer.readNBytes(layer, 0, BUFFER);
            int fromTree = file.readNBytes(tree, 0, BUFFER);
            int differs = Arrays.mismatch(layer, 0, fromLayer, tree, 0, fromTree);
            if (differs >= 0) {
                throw Differences.between(
                        path,
                        "content with " + at(layer, differs, fromLayer),
                        at(tree, differs, fromTree) + ", at offset " + (offset + differs));
            }
            if (fromLayer < BUFFER) {
                return;
            }
            offset += fromLayer;
        }
    }

    private static String at(byte[] buffer, int index, int end) {
        return index < end ? String.format("0x%02x", buffer[index] & 0xff) : "its end";
    }
}
