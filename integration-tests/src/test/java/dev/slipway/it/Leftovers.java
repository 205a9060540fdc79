package dev.slipway.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a build may leave behind and must not: mounts, processes, control groups, directories. */
final class Leftovers {
    private Leftovers() {}

    /** Mounts anywhere on this machine below the directory, seen from any process's mount namespace. */
    static List<String> mounts(Path below) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path process : processes()) {
            for (String line : lines(process.resolve("mountinfo"))) {
                if (line.contains(below.toString())) {
                    found.add(process.getFileName() + ": " + line);
                }
            }
        }
        return found;
    }

    /** Processes whose command line holds the word. */
    static List<String> processes(String word) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path process : processes()) {
            String commandLine =
                    String.join(" ", lines(process.resolve("cmdline"))).replace('\0', ' ');
            if (commandLine.contains(word)) {
                found.add(process.getFileName() + ": " + commandLine);
            }
        }
        return found;
    }

    static List<Path> controlGroups() throws IOException {
        try (Stream<Path> groups = Files.find(
                Path.of("/sys/fs/cgroup"),
                6,
                (path, attributes) -> attributes.isDirectory()
                        && path.getFileName().toString().startsWith("slipway"))) {
            return groups.toList();
        }
    }

    static List<Path> children(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        }
    }

    /** Waits until the condition holds, for a bounded time. */
    static void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain: " + what);
            }
            Thread.sleep(20);
        }
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    private static List<Path> processes() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(path -> path.getFileName().toString().chars().allMatch(Character::isDigit))
                    .toList();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\n"));
        } catch (IOException e) {
            return List.of(); // the process has ended meanwhile
        }
    }
}
