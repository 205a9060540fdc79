package dev.slipway.it.execution;

import dev.slipway.it.BusyboxRootfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the cases call {@code busybox:1.36}. */
final class BaseImage {
    private BaseImage() {}

    /** Fills an empty directory with {@code Dockerfile} and {@code rootfs/}. */
    static void make(Path directory) throws IOException {
        BusyboxRootfs.make(directory);
        Files.writeString(directory.resolve("rootfs/etc/passwd"), """
                root:x:0:0:root:/root:/bin/sh
                app:x:1000:1001:app:/home/app:/bin/sh
                """);
        Files.writeString(directory.resolve("rootfs/etc/group"), """
                root:x:0:
                grp:x:1001:
                extra:x:1002:app
                """);
    }
}
