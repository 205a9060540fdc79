package dev.slipway.engine.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Gives the running commands of a build less memory, as the limit of a pod would, as soon as their group is there. */
final class SandboxLimit implements AutoCloseable {
    private final Thread thread;

    private SandboxLimit(Thread thread) {
        this.thread = thread;
    }

    static SandboxLimit onceRunning(String build, long bytes) {
        return new SandboxLimit(Thread.ofPlatform().start(() -> {
            Path group = Path.of("/sys/fs/cgroup/memory/slipway", build);
            while (!Thread.currentThread().isInterrupted()) {
                for (Path member : members(group)) {
                    try {
                        Files.writeString(member.resolve("memory.limit_in_bytes"), Long.toString(bytes));
                        return;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        }));
    }

    private static List<Path> members(Path group) {
        try (Stream<Path> all = Files.list(group)) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
