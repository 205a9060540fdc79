package dev.slipway.engine.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Capabilities by name. */
final class Capabilities {
    /** Docker's default set; the mask is a80425fb. */
    static final List<String> DEFAULT = List.of(
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FSETID",
            "CAP_FOWNER",
            "CAP_MKNOD",
            "CAP_NET_RAW",
            "CAP_SETGID",
            "CAP_SETUID",
            "CAP_SETFCAP",
            "CAP_SETPCAP",
            "CAP_NET_BIND_SERVICE",
            "CAP_SYS_CHROOT",
            "CAP_KILL",
            "CAP_AUDIT_WRITE");

    /** By number (linux/capability.h). */
    private static final List<String> NAMES = List.of(
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_DAC_READ_SEARCH",
            "CAP_FOWNER",
            "CAP_FSETID",
            "CAP_KILL",
            "CAP_SETGID",
            "CAP_SETUID",
            "CAP_SETPCAP",
            "CAP_LINUX_IMMUTABLE",
            "CAP_NET_BIND_SERVICE",
            "CAP_NET_BROADCAST",
            "CAP_NET_ADMIN",
            "CAP_NET_RAW",
            "CAP_IPC_LOCK",
            "CAP_IPC_OWNER",
            "CAP_SYS_MODULE",
            "CAP_SYS_RAWIO",
            "CAP_SYS_CHROOT",
            "CAP_SYS_PTRACE",
            "CAP_SYS_PACCT",
            "CAP_SYS_ADMIN",
            "CAP_SYS_BOOT",
            "CAP_SYS_NICE",
            "CAP_SYS_RESOURCE",
            "CAP_SYS_TIME",
            "CAP_SYS_TTY_CONFIG",
            "CAP_MKNOD",
            "CAP_LEASE",
            "CAP_AUDIT_WRITE",
            "CAP_AUDIT_CONTROL",
            "CAP_SETFCAP",
            "CAP_MAC_OVERRIDE",
            "CAP_MAC_ADMIN",
            "CAP_SYSLOG",
            "CAP_WAKE_ALARM",
            "CAP_BLOCK_SUSPEND",
            "CAP_AUDIT_READ",
            "CAP_PERFMON",
            "CAP_BPF",
            "CAP_CHECKPOINT_RESTORE");

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PERMITTED = "CapPrm:";
    private static final int HEXADECIMAL = 16;

    private Capabilities() {}

    /** All that this program has, and so all that it can give. */
    static List<String> ofThisProgram() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(PERMITTED))
                    .findFirst()
                    .map(line -> ofMask(Long.parseUnsignedLong(
                            line.substring(PERMITTED.length()).strip(), HEXADECIMAL)))
                    .orElse(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STATUS, e);
        }
    }

    /** Those of this program that docker's default set does not have, as {@code setpriv} drops them: {@code -sys_admin}. */
    static List<String> toDrop() {
        return ofThisProgram().stream()
                .filter(name -> !DEFAULT.contains(name))
                .map(name -> "-" + name.substring("CAP_".length()).toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Those of a bit mask that have a name here. */
    static List<String> ofMask(long mask) {
        List<String> names = new ArrayList<>();
        for (int number = 0; number < NAMES.size(); number++) {
            if ((mask >>> number & 1) == 1) {
                names.add(NAMES.get(number));
            }
        }
        return names;
    }
}
