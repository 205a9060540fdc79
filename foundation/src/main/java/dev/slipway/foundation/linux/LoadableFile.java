package dev.slipway.foundation.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Puts a library that this program carries where the dynamic linker can load it: into a file in memory without a name, so
 * that neither a {@code /tmp} which is full, read-only or mounted without execution matters, nor anything is left behind,
 * however this program ends. Where there are no such files: into the directory of temporary files.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/memfd_create.2.html">memfd_create(2)</a>
 */
public final class LoadableFile {
    private static final Call MEMFD_CREATE = Call.ofInt("memfd_create", 2);

    private static final int MFD_CLOEXEC = 1;
    /** Since Linux 6.3; earlier ones refuse it, and need it not. */
    private static final int MFD_EXEC = 0x10;

    private LoadableFile() {}

    /** In memory; empty where the kernel, or who guards it, does not allow that. The file stays for the life of the process. */
    public static Optional<Path> inMemory(String name, InputStream content) throws IOException {
        try (Call.Scratch scratch = new Call.Scratch()) {
            long number = MEMFD_CREATE.attempt(scratch, scratch.string(name), MFD_CLOEXEC | MFD_EXEC);
            if (number == -Errno.EINVAL) {
                number = MEMFD_CREATE.attempt(scratch, scratch.string(name), MFD_CLOEXEC);
            }
            if (number < 0) {
                return Optional.empty();
            }
            // Never closed: the linker takes a second library of the same path for the first one.
            Path file = Path.of("/proc/self/fd/" + number);
            try (var out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
                content.transferTo(out);
            }
            return Optional.of(file);
        }
    }

    /** In the directory of temporary files; removed when the process ends in an orderly way. */
    public static Path inTemporaryDirectory(String name, InputStream content) throws IOException {
        Path file = Files.createTempFile(name, ".so");
        file.toFile().deleteOnExit();
        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }
}
