package dev.slipway.foundation.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How much memory there is for this program and those that it starts. */
public final class MachineMemory {
    /** What a container sees as its own group, in version 2 and in version 1. */
    private static final List<Path> LIMITS =
            List.of(Path.of("/sys/fs/cgroup/memory.max"), Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));

    private static final Path MACHINE = Path.of("/proc/meminfo");
    private static final String TOTAL = "MemTotal:";

    private MachineMemory() {}

    /** What the container may use, else what the machine has, in bytes. */
    public static long totalBytes() {
        long total = text(MACHINE).flatMap(MachineMemory::total).orElse(Long.MAX_VALUE);
        for (Path file : LIMITS) {
            total = Math.min(total, text(file).map(MachineMemory::limit).orElse(Long.MAX_VALUE));
        }
        return total;
    }

    /** The line is {@code MemTotal:  16303428 kB}. */
    static Optional<Long> total(String meminfo) {
        return meminfo.lines()
                .filter(line -> line.startsWith(TOTAL))
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst();
    }

    /** The word {@code max} means that there is no limit; version 1 has a number beyond all memory for it. */
    static long limit(String text) {
        String number = text.strip();
        return number.matches("[0-9]{1,18}") ? Long.parseLong(number) : Long.MAX_VALUE;
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
