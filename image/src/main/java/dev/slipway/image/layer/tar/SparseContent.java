package dev.slipway.image.layer.tar;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/** A file with holes as the reader of the file sees it: zeros where the archive has nothing. */
final class SparseContent extends InputStream {
    private final InputStream data;
    private final SparseMap map;
    private long position;
    private int extent;

    SparseContent(InputStream data, SparseMap map) {
        this.data = data;
        this.map = map;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        while (extent < map.numbers().size() && position >= extentEnd()) {
            extent += 2;
        }
        boolean noData = extent >= map.numbers().size();
        long start = noData ? map.size() : map.numbers().get(extent);
        if (position < start) {
            int zeros = (int) Math.min(length, start - position);
            Arrays.fill(into, offset, offset + zeros, (byte) 0);
            position += zeros;
            return zeros;
        }
        if (noData) {
            return -1;
        }
        int got = data.read(into, offset, (int) Math.min(length, extentEnd() - position));
        position += Math.max(got, 0);
        return got;
    }

    private long extentEnd() {
        return map.numbers().get(extent) + map.numbers().get(extent + 1);
    }
}
