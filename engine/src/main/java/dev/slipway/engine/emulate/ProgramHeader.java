package dev.slipway.engine.emulate;

import dev.slipway.image.model.Platform;
import java.util.Map;
import java.util.Optional;

/**
 * How a program for an architecture begins: the part of its ELF header that tells architectures apart.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
final class ProgramHeader {
    private static final int LENGTH = 20;
    private static final int CLASS = 4;
    private static final int BYTE_ORDER = 5;
    private static final int VERSION = 6;
    private static final int TYPE = 16;
    private static final int MACHINE = 18;
    private static final int EXECUTABLE = 2;

    /** Class (32 or 64 bits), byte order and {@code e_machine}, by GOARCH. */
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("386", new Kind(32, false, 3)),
            Map.entry("amd64", new Kind(64, false, 62)),
            Map.entry("arm", new Kind(32, false, 40)),
            Map.entry("arm64", new Kind(64, false, 183)),
            Map.entry("loong64", new Kind(64, false, 258)),
            Map.entry("mips", new Kind(32, true, 8)),
            Map.entry("mips64", new Kind(64, true, 8)),
            Map.entry("mips64le", new Kind(64, false, 8)),
            Map.entry("mipsle", new Kind(32, false, 8)),
            Map.entry("ppc64", new Kind(64, true, 21)),
            Map.entry("ppc64le", new Kind(64, false, 21)),
            Map.entry("riscv64", new Kind(64, false, 243)),
            Map.entry("s390x", new Kind(64, true, 22)));

    private ProgramHeader() {}

    private record Kind(int bits, boolean isBigEndian, int machine) {}

    /** The first bytes of a program; empty for an architecture that is not known here. */
    static Optional<byte[]> of(Platform platform) {
        return Optional.ofNullable(KINDS.get(platform.architecture())).map(ProgramHeader::bytes);
    }

    private static byte[] bytes(Kind kind) {
        byte[] header = new byte[LENGTH];
        header[0] = 0x7f;
        header[1] = 'E';
        header[2] = 'L';
        header[3] = 'F';
        header[CLASS] = (byte) (kind.bits() / 32);
        header[BYTE_ORDER] = (byte) (kind.isBigEndian() ? 2 : 1);
        header[VERSION] = 1;
        half(header, TYPE, EXECUTABLE, kind.isBigEndian());
        half(header, MACHINE, kind.machine(), kind.isBigEndian());
        return header;
    }

    private static void half(byte[] header, int at, int value, boolean isBigEndian) {
        header[at] = (byte) (isBigEndian ? value >> 8 : value);
        header[at + 1] = (byte) (isBigEndian ? value : value >> 8);
    }
}
