package dev.slipway.foundation.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How much memory there is for this program and those that it starts. */
public final class MachineMemory {
    /** The root of version 2, of version 1's memory, and of version 2 beside version 1. */
    private static final List<Path> ROOTS =
            List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/memory"), Path.of("/sys/fs/cgroup/unified"));

    private static final List<String> LIMITS = List.of("memory.max", "memory.limit_in_bytes");
    private static final Path GROUPS = Path.of("/proc/self/cgroup");
    private static final Path MACHINE = Path.of("/proc/meminfo");
    private static final String TOTAL = "MemTotal:";

    private MachineMemory() {}

    /** What the container, or a control group around this program, may use, else what the machine has, in bytes. */
    public static long totalBytes() {
        long total = text(MACHINE).flatMap(MachineMemory::total).orElse(Long.MAX_VALUE);
        for (String group : text(GROUPS).map(MachineMemory::groups).orElse(List.of())) {
            for (Path root : ROOTS) {
                total = Math.min(total, limit(root, group));
            }
        }
        return total;
    }

    /**
     * The groups that have to do with memory, and those above them: each can have a limit. A line is {@code
     * 4:cpu,memory:/path} in version 1 and {@code 0::/path} in version 2.
     */
    static List<String> groups(String text) {
        Set<String> groups = new LinkedHashSet<>();
        groups.add("");
        for (String line : text.lines().toList()) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3
                    && (parts[1].isEmpty() || List.of(parts[1].split(",")).contains("memory"))) {
                String group = parts[2];
                for (int end = group.length(); end > 0; end = group.lastIndexOf('/', end - 1)) {
                    groups.add(group.substring(1, end));
                }
            }
        }
        return List.copyOf(groups);
    }

    private static long limit(Path root, String group) {
        long limit = Long.MAX_VALUE;
        for (String file : LIMITS) {
            limit = Math.min(
                    limit,
                    text(root.resolve(group).resolve(file))
                            .map(MachineMemory::limit)
                            .orElse(Long.MAX_VALUE));
        }
        return limit;
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
