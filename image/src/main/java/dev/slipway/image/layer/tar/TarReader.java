package dev.slipway.image.layer.tar;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Device;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an archive from front to back: ustar, v7, PAX, and GNU's long names, binary numbers and sparse files. Nothing is
 * trusted: every length has a limit, every header its checksum. Global PAX headers are checked and have no effect, as in
 * other tools that read layers. Not thread-safe; the stream is the caller's to close.
 */
public final class TarReader {
    private static final int BUFFER = 64 * 1024;
    private static final int GNU_SPARSE_MAP = 386;
    private static final int GNU_SPARSE_MORE = 482;
    private static final int GNU_SPARSE_SIZE = 483;
    private static final int GNU_SPARSE_IN_HEADER = 4;
    private static final int GNU_SPARSE_IN_BLOCK = 21;
    private static final int GNU_SPARSE_BLOCK_MORE = 504;

    private final InputStream in;
    private final TarLimits limits;
    private Raw raw = new Raw(0);
    private InputStream content = InputStream.nullInputStream();
    private long entries;
    private boolean ended;

    public TarReader(InputStream in) {
        this(in, TarLimits.USUAL);
    }

    public TarReader(InputStream in, TarLimits limits) {
        this.in = new BufferedInputStream(in, BUFFER);
        this.limits = requireNonNull(limits, "limits is null");
    }

    /**
     * Skips what is left of the current entry and reads the next header; empty at the end of the archive.
     *
     * @throws TarException if the archive is broken, cut off, or beyond the limits
     */
    public Optional<TarEntry> next() throws IOException {
        PaxRecords pax = PaxRecords.NONE;
        Optional<ByteString> longName = Optional.empty();
        Optional<ByteString> longLink = Optional.empty();
        boolean extended = false;
        while (!ended) {
            raw.finish();
            Optional<Block> read = readHeader();
            if (read.isEmpty()) {
                break;
            }
            Block block = read.get();
            block.verifyChecksum();
            countEntry();
            switch (block.type()) {
                case 'x' -> pax = PaxRecords.parse(special(block));
                case 'g' -> PaxRecords.parse(special(block));
                case 'L' -> longName = Optional.of(untilZero(special(block)));
                case 'K' -> longLink = Optional.of(untilZero(special(block)));
                default -> {
                    return Optional.of(entry(block, pax, longName, longLink));
                }
            }
            extended = extended || block.type() != 'g';
        }
        ended = true;
        if (extended) {
            throw new TarException("cut off: the archive ends after an extended header");
        }
        return Optional.empty();
    }

    /** The content of the current entry; holes read as zeros. */
    public InputStream content() {
        return content;
    }

    /** Reads what follows the end of the archive, so that a digest over the stream covers all of it. */
    public void drain() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    private void countEntry() throws TarException {
        entries++;
        if (entries > limits.entries()) {
            throw new TarException("more than " + limits.entries() + " entries");
        }
    }

    /** Empty at the end: two blocks of zeros, or, as other readers allow, no more bytes. */
    private Optional<Block> readHeader() throws IOException {
        Optional<Block> first = readBlock();
        if (first.isEmpty() || !first.get().isZero()) {
            return first;
        }
        Optional<Block> second = readBlock();
        if (second.isPresent() && !second.get().isZero()) {
            throw new TarException("not a tar header: a block of zeros before it");
        }
        return Optional.empty();
    }

    private Optional<Block> readBlock() throws IOException {
        byte[] bytes = new byte[Block.SIZE];
        int got = in.readNBytes(bytes, 0, Block.SIZE);
        if (got == 0) {
            return Optional.empty();
        }
        if (got < Block.SIZE) {
            throw new TarException("cut off in the middle of a header");
        }
        return Optional.of(new Block(bytes));
    }

    private ByteString special(Block block) throws IOException {
        long size = block.number(Block.SIZE_FIELD, Block.LARGE);
        if (size < 0 || size > limits.headerBytes()) {
            throw new TarException(
                    "an extended header of " + size + " bytes, more than the limit of " + limits.headerBytes());
        }
        raw = new Raw(size);
        byte[] bytes = raw.readNBytes((int) size);
        if (bytes.length < size) {
            throw new TarException("cut off in an extended header");
        }
        return ByteString.of(bytes);
    }

    private static ByteString untilZero(ByteString bytes) {
        int end = bytes.indexOf(0, 0);
        return end < 0 ? bytes : bytes.slice(0, end);
    }

    private TarEntry entry(Block block, PaxRecords pax, Optional<ByteString> longName, Optional<ByteString> longLink)
            throws IOException {
        Optional<ByteString> paxName = pax.has("GNU.sparse.name") ? pax.text("GNU.sparse.name") : pax.text("path");
        ByteString name = paxName.or(() -> longName).orElseGet(block::name);
        ByteString link = pax.text("linkpath").or(() -> longLink).orElseGet(block::link);
        try {
            requireLength(name);
            requireLength(link);
            TarEntry.Kind kind = kind(block, name);
            boolean linked = kind == TarEntry.Kind.HARDLINK || kind == TarEntry.Kind.SYMLINK;
            boolean device = kind == TarEntry.Kind.CHARACTER_DEVICE || kind == TarEntry.Kind.BLOCK_DEVICE;
            long size = kind == TarEntry.Kind.FILE ? openContent(block, pax) : noContent();
            return new TarEntry(
                    kind,
                    name,
                    linked ? link : ByteString.EMPTY,
                    (int) block.number(Block.MODE, Block.SMALL) & 07777,
                    owner(pax.number("uid", block.number(Block.UID, Block.SMALL))),
                    owner(pax.number("gid", block.number(Block.GID, Block.SMALL))),
                    size,
                    pax.modified(block.number(Block.MTIME, Block.LARGE)),
                    device ? block.device() : Device.NONE,
                    pax.xattrs());
        } catch (TarException e) {
            TarException placed = new TarException(shortened(name) + ": " + e.getMessage());
            placed.initCause(e);
            throw placed;
        }
    }

    private static String shortened(ByteString name) {
        return name.length() <= 200 ? name.toString() : name.slice(0, 200) + "…";
    }

    private void requireLength(ByteString name) throws TarException {
        if (name.length() > limits.nameBytes()) {
            throw new TarException(
                    "a name of " + name.length() + " bytes, more than the limit of " + limits.nameBytes());
        }
    }

    private static long owner(long id) throws TarException {
        if (id < 0 || id > 0xffff_fffeL) {
            throw new TarException("no user or group: " + id);
        }
        return id;
    }

    private static TarEntry.Kind kind(Block block, ByteString name) throws TarException {
        return switch (block.type()) {
            case 0 -> // v7 has no type for directories
                !name.isEmpty() && name.at(name.length() - 1) == '/' ? TarEntry.Kind.DIRECTORY : TarEntry.Kind.FILE;
            case '0', '7', 'S' -> TarEntry.Kind.FILE;
            case '1' -> TarEntry.Kind.HARDLINK;
            case '2' -> TarEntry.Kind.SYMLINK;
            case '3' -> TarEntry.Kind.CHARACTER_DEVICE;
            case '4' -> TarEntry.Kind.BLOCK_DEVICE;
            case '5' -> TarEntry.Kind.DIRECTORY;
            case '6' -> TarEntry.Kind.FIFO;
            default ->
                throw new TarException("an entry of the unknown type " + ByteString.of(new byte[] {block.type()}));
        };
    }

    /** Kinds other than files have no content, whatever their size field says, as in every reader of layers. */
    private long noContent() {
        raw = new Raw(0);
        content = raw;
        return 0;
    }

    private long openContent(Block block, PaxRecords pax) throws IOException {
        long stored = pax.number("size", block.number(Block.SIZE_FIELD, Block.LARGE));
        if (stored < 0) {
            throw new TarException("a size of " + stored);
        }
        if (block.type() == 'S') {
            return openGnuSparse(block, stored);
        }
        raw = new Raw(stored);
        content = raw;
        if (pax.number("GNU.sparse.major", 0) == 1) {
            return openSparse(mapInContent(), pax.number("GNU.sparse.realsize", 0));
        }
        if (pax.has("GNU.sparse.size")) {
            return openSparse(pax.sparseNumbers(), pax.number("GNU.sparse.size", 0));
        }
        return stored;
    }

    private long openSparse(List<Long> numbers, long size) throws TarException {
        SparseMap map = SparseMap.of(numbers, size, raw.remaining);
        content = new SparseContent(raw, map);
        return map.size();
    }

    /** GNU's own format: the map is in the header and in blocks that follow it. */
    private long openGnuSparse(Block block, long stored) throws IOException {
        if (!block.isGnu()) {
            throw new TarException("a sparse file without GNU's header");
        }
        List<Long> numbers = new ArrayList<>();
        collect(block, GNU_SPARSE_MAP, GNU_SPARSE_IN_HEADER, numbers);
        boolean more = !block.text(GNU_SPARSE_MORE, 1).isEmpty();
        while (more) {
            Block next = readBlock().orElseThrow(() -> new TarException("cut off in a sparse map"));
            collect(next, 0, GNU_SPARSE_IN_BLOCK, numbers);
            more = !next.text(GNU_SPARSE_BLOCK_MORE, 1).isEmpty();
            if (numbers.size() > limits.headerBytes() / Block.LARGE) {
                throw new TarException("a sparse map beyond the limit of " + limits.headerBytes() + " bytes");
            }
        }
        raw = new Raw(stored);
        return openSparse(numbers, block.number(GNU_SPARSE_SIZE, Block.LARGE));
    }

    private static void collect(Block block, int at, int count, List<Long> numbers) throws TarException {
        for (int i = 0; i < 2 * count; i += 2) {
            int field = at + i * Block.LARGE;
            if (block.text(field, 1).isEmpty()) {
                return;
            }
            numbers.add(block.number(field, Block.LARGE));
            numbers.add(block.number(field + Block.LARGE, Block.LARGE));
        }
    }

    /** PAX sparse format 1.0: lines of decimal numbers before the data, the first one counts the pairs; filled up to a block. */
    private List<Long> mapInContent() throws IOException {
        long before = raw.remaining;
        long count = line(before);
        if (count > limits.headerBytes() / 2) {
            throw new TarException("a sparse map of " + count + " extents is beyond the limit");
        }
        List<Long> numbers = new ArrayList<>();
        for (long i = 0; i < 2 * count; i++) {
            numbers.add(line(before));
        }
        raw.skipNBytes(-(before - raw.remaining) & (Block.SIZE - 1));
        return numbers;
    }

    private long line(long before) throws IOException {
        byte[] digits = new byte[20];
        int length = 0;
        int b;
        while ((b = raw.read()) != '\n') {
            if (b < 0 || length == digits.length || before - raw.remaining > limits.headerBytes()) {
                throw new TarException("broken sparse map");
            }
            digits[length++] = (byte) b;
        }
        return PaxRecords.decimal(ByteString.of(digits, 0, length));
    }

    /** The bytes of one entry in the archive. */
    private final class Raw extends InputStream {
        private final int padding;
        private long remaining;

        Raw(long size) {
            this.remaining = size;
            this.padding = (int) (-size & (Block.SIZE - 1));
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (remaining == 0) {
                return length == 0 ? 0 : -1;
            }
            int got = in.read(into, offset, (int) Math.min(length, remaining));
            if (got < 0) {
                throw new TarException("cut off in the content of an entry");
            }
            remaining -= got;
            return got;
        }

        void finish() throws IOException {
            try {
                in.skipNBytes(remaining);
                remaining = 0;
                // The padding of the last entry may be missing together with the end of the archive.
                in.readNBytes(padding);
            } catch (EOFException e) {
                throw new TarException("cut off in the content of an entry");
            }
            raw = new Raw(0);
        }
    }
}
