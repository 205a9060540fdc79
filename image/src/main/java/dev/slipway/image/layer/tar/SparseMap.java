package dev.slipway.image.layer.tar;

import java.util.List;

/**
 * Where the data of a file with holes belongs.
 *
 * @param numbers offset, length, offset, length, …: ascending, without overlap
 * @param size of the whole file, bytes
 */
record SparseMap(List<Long> numbers, long size) {
    SparseMap {
        numbers = List.copyOf(numbers);
    }

    /** @throws TarException if the map is not one, or does not fit the bytes of data that the archive holds */
    static SparseMap of(List<Long> numbers, long size, long data) throws TarException {
        if (numbers.size() % 2 != 0) {
            throw new TarException("broken sparse map: an offset without a length");
        }
        long end = 0;
        long sum = 0;
        for (int i = 0; i < numbers.size(); i += 2) {
            long offset = numbers.get(i);
            long length = numbers.get(i + 1);
            if (offset < end || length < 0 || offset > size || length > size - offset) {
                throw new TarException("broken sparse map: " + length + " bytes at " + offset + " of " + size);
            }
            end = offset + length;
            sum += length;
        }
        if (sum != data) {
            throw new TarException("broken sparse map: it has room for " + sum + " bytes, the archive has " + data);
        }
        return new SparseMap(numbers, size);
    }
}
