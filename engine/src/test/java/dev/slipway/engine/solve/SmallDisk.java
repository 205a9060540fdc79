package dev.slipway.engine.solve;

import dev.slipway.foundation.linux.Mounts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tmpfs of its own size at a directory; unmounted when it is closed. Needs root. */
final class SmallDisk implements AutoCloseable {
    private static final int MEBIBYTE = 1 << 20;

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    static SmallDisk mount(Path directory, int mebibytes) throws IOException {
        Files.createDirectories(directory);
        Mounts.mount("none", directory, "tmpfs", 0, "size=" + mebibytes + "m");
        return new SmallDisk(directory);
    }

    Path directory() {
        return directory;
    }

    void resize(int mebibytes) {
        Mounts.mount("none", directory, "tmpfs", Mounts.MS_REMOUNT, "size=" + mebibytes + "m");
    }

    /** Writes a file that leaves as much room as this. */
    void fillUpTo(int mebibytesLeft) {
        try (OutputStream out = Files.newOutputStream(ballast())) {
            byte[] zeros = new byte[MEBIBYTE];
            while (Mounts.space(directory).available() > (long) mebibytesLeft * MEBIBYTE) {
                out.write(zeros);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void empty() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private Path ballast() {
        return directory.resolve("ballast");
    }

    @Override
    public void close() {
        Mounts.detach(directory);
    }
}
