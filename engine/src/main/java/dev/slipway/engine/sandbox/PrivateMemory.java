package dev.slipway.engine.sandbox;

import dev.slipway.foundation.linux.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory whose content never gets to a disk: a file system in memory, mounted over it in the mount namespace of this
 * thread, so that nobody else sees it and it ends with the thread at the latest. A thread without a namespace of its own
 * gets the directory as it is, which only the user can enter.
 */
final class PrivateMemory implements AutoCloseable {
    private static final Path OF_THREAD = Path.of("/proc/thread-self/ns/mnt");
    private static final Path OF_PROCESS = Path.of("/proc/self/ns/mnt");

    private final Path place;
    private final boolean mounted;

    private PrivateMemory(Path place, boolean mounted) {
        this.place = place;
        this.mounted = mounted;
    }

    /** @param wanted whether there is anything to be kept from disks */
    static PrivateMemory at(Path place, boolean wanted) throws IOException {
        boolean mount = wanted && !Files.readSymbolicLink(OF_THREAD).equals(Files.readSymbolicLink(OF_PROCESS));
        if (mount) {
            Mounts.mount("tmpfs", place, "tmpfs", Mounts.MS_NOSUID | Mounts.MS_NODEV, "mode=700");
        }
        return new PrivateMemory(place, mount);
    }

    Path place() {
        return place;
    }

    @Override
    public void close() {
        if (mounted) {
            Mounts.detach(place);
        }
    }
}
