package dev.slipway.image.compress;

import io.airlift.compress.v3.deflate.DeflateNativeCompressor;
import java.util.zip.Deflater;

/** What deflates. The libraries give different bytes, so a blob's digest depends on which one was in use. */
enum DeflateLibrary {
    LIBDEFLATE {
        @Override
        RawDeflate open(int level) {
            DeflateNativeCompressor compressor = new DeflateNativeCompressor(level);
            return (input, length, output) -> compressor.compress(input, 0, length, output, 0, output.length);
        }
    },
    JDK {
        @Override
        RawDeflate open(int level) {
            return (input, length, output) -> deflate(level, input, length, output);
        }
    };

    abstract RawDeflate open(int level);

    /** The quicker one, where its native code can be loaded. */
    static DeflateLibrary best() {
        return DeflateNativeCompressor.isEnabled() ? LIBDEFLATE : JDK;
    }

    /** Compresses a whole buffer, without header and trailer. Used by one thread at a time. */
    @FunctionalInterface
    interface RawDeflate {
        /** @return how many bytes were put into {@code output}, which is long enough for what cannot be shrunk */
        int compress(byte[] input, int length, byte[] output);
    }

    private static int deflate(int level, byte[] input, int length, byte[] output) {
        try (Deflater deflater = new Deflater(level, true)) {
            deflater.setInput(input, 0, length);
            deflater.finish();
            int written = 0;
            while (!deflater.finished()) {
                int more = deflater.deflate(output, written, output.length - written);
                if (more == 0 && !deflater.finished()) {
                    throw new IllegalStateException("the buffer for a gzip member is too small");
                }
                written += more;
            }
            return written;
        }
    }
}
