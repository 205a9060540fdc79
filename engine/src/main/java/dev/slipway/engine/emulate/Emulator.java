package dev.slipway.engine.emulate;

import java.util.HexFormat;
import java.util.Optional;

/**
 * An interpreter that the kernel starts for programs that begin in a certain way.
 *
 * @param interpreter its path
 * @param isEnabled whether the kernel uses it
 * @param isFixed flag F: the kernel has opened the interpreter already, so that it is found in every root directory
 * @param offset where {@code magic} stands in a program, in bytes
 * @param magic what stands there, under {@code mask}
 * @see <a href="https://docs.kernel.org/admin-guide/binfmt-misc.html">binfmt_misc</a>
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Emulator(String interpreter, boolean isEnabled, boolean isFixed, int offset, byte[] magic, byte[] mask) {
    private static final byte EVERY_BIT = (byte) 0xff;

    /** Reads what the kernel shows of an entry; empty if it goes by the name of a file, or is not understood. */
    static Optional<Emulator> parse(String text) {
        String interpreter = "";
        boolean isEnabled = false;
        boolean isFixed = false;
        int offset = 0;
        Optional<byte[]> magic = Optional.empty();
        Optional<byte[]> mask = Optional.empty();
        for (String line : text.lines().toList()) {
            int space = line.indexOf(' ');
            String key = space < 0 ? line : line.substring(0, space);
            String value = space < 0 ? "" : line.substring(space + 1).strip();
            switch (key) {
                case "enabled" -> isEnabled = true;
                case "interpreter" -> interpreter = value;
                case "flags:" -> isFixed = value.contains("F");
                case "offset" -> offset = number(value);
                case "magic" -> magic = hex(value);
                case "mask" -> mask = hex(value);
                default -> {}
            }
        }
        if (interpreter.isEmpty() || offset < 0 || magic.isEmpty()) {
            return Optional.empty();
        }
        byte[] bits = mask.orElseGet(() -> new byte[0]);
        return Optional.of(new Emulator(interpreter, isEnabled, isFixed, offset, magic.get(), bits));
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    }

    private static Optional<byte[]> hex(String text) {
        try {
            return Optional.of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Whether the kernel starts it for programs that begin so. Bytes beyond the header count as zero. */
    boolean takes(byte[] header) {
        for (int i = 0; i < magic.length; i++) {
            int at = offset + i;
            byte found = at < header.length ? header[at] : 0;
            byte bits = i < mask.length ? mask[i] : EVERY_BIT;
            if (((found ^ magic[i]) & bits) != 0) {
                return false;
            }
        }
        return true;
    }
}
