package dev.slipway.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A base image with a shell and a few users, made of Debian's {@code busybox-static}. */
public final class BusyboxRootfs {
    private BusyboxRootfs() {}

    /** Fills the directory with {@code Dockerfile} and {@code rootfs/}. */
    public static void make(Path directory) throws IOException {
        Files.writeString(directory.resolve("Dockerfile"), """
                FROM scratch
                ADD rootfs /
                ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
                CMD ["sh"]
                """);
        Files.writeString(directory.resolve("make.sh"), """
                set -e
                umask 022
                mkdir -p rootfs/bin rootfs/etc rootfs/home/app rootfs/root rootfs/tmp rootfs/usr/bin rootfs/var
                # Mount points, as real base images have them: buildah leaves those behind that it has to make.
                mkdir -p rootfs/dev rootfs/proc rootfs/run rootfs/sys
                touch rootfs/etc/hostname rootfs/etc/hosts rootfs/etc/resolv.conf
                cp "$(command -v busybox)" rootfs/bin/busybox
                chmod 755 rootfs/bin/busybox
                for applet in $(rootfs/bin/busybox --list); do
                    [ "$applet" = busybox ] || ln -s busybox "rootfs/bin/$applet"
                done
                chmod 1777 rootfs/tmp
                chmod 700 rootfs/root
                echo welcome > rootfs/etc/motd
                printf '%s\\n' root:x:0:0:root:/root:/bin/sh nobody:x:65534:65534:nobody:/:/bin/false \\
                    app:x:1000:1000:app:/home/app:/bin/sh > rootfs/etc/passwd
                printf '%s\\n' root:x:0: nogroup:x:65534: app:x:1000: extra:x:1001:app > rootfs/etc/group
                """);
        Command.of("sh", "make.sh").in(directory).run().mustSucceed();
    }
}
