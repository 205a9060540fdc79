package dev.slipway.engine.snapshot;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Mounts;
import dev.slipway.image.layer.OverlayMarks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One overlay mount in a directory of its own: {@code layers} with short names for the lower directories, {@code upper}
 * and {@code work} where it can be written, and {@code root}, where it is seen. Used on a {@link MountThread} only.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">Overlay Filesystem</a>
 */
final class Overlay implements AutoCloseable {
    /** With these, the upper directory is a plain difference: no redirects, no files without content. */
    private static final String PLAIN = ",redirect_dir=off,metacopy=off,index=off";
    /** The same in a user namespace: {@code userxattr} implies what it must not be said together with. */
    private static final String PLAIN_UNPRIVILEGED = ",userxattr,index=off";
    /**
     * Nothing is flushed to the disk, not even when the command asks (package managers do, a thousand times): after a
     * crash of the machine the directory is removed anyway. Since Linux 5.10.
     */
    private static final String VOLATILE = ",volatile";

    /** OVL_MAX_STACK of the kernel. */
    private static final int MOST_LAYERS = 500;

    private final Path root;

    private Overlay(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** Shows the tree with an upper directory {@code place/upper}, which must be there. */
    static Overlay writable(Path place, Tree tree, OverlayMarks marks) {
        directory(place.resolve("work"));
        String options = "lowerdir=" + lowerNames(place, tree) + ",upperdir=../upper,workdir=../work" + plain(marks);
        return show(place, options, 0);
    }

    /** Shows the tree. Without an upper directory an overlay has at least two lower ones: there is an empty one on top. */
    static Overlay readOnly(Path place, Tree tree, OverlayMarks marks) {
        directory(place);
        String names = lowerNames(place, tree);
        directory(place.resolve("layers").resolve("none"));
        return show(place, "lowerdir=none:" + names + plain(marks), Mounts.MS_RDONLY);
    }

    private static String plain(OverlayMarks marks) {
        return switch (marks) {
            case TRUSTED -> PLAIN;
            case USER -> PLAIN_UNPRIVILEGED;
        };
    }

    /**
     * The lower directories, topmost first, as names of symlinks, so that hundreds fit into the one page that mount
     * options have, and no path needs escaping. An empty tree is an empty directory.
     */
    private static String lowerNames(Path place, Tree tree) {
        if (tree.layers().size() >= MOST_LAYERS) {
            throw new MachineException(Problem.of(
                            "cannot show a tree of " + tree.layers().size() + " layers",
                            "an overlay has fewer than " + MOST_LAYERS)
                    .remedy("build the base image with fewer layers"));
        }
        Path links = directory(place.resolve("layers"));
        List<String> names = new ArrayList<>();
        for (Path layer : tree.layers().reversed()) {
            String name = Integer.toString(names.size(), Character.MAX_RADIX);
            symlink(links.resolve(name), layer.toAbsolutePath());
            names.add(name);
        }
        if (names.isEmpty()) {
            directory(links.resolve("empty"));
            names.add("empty");
        }
        return String.join(":", names);
    }

    private static Overlay show(Path place, String options, long flags) {
        Path root = directory(place.resolve("root"));
        Mounts.changeDirectory(place.resolve("layers"));
        try {
            mount(root, options, flags);
            return new Overlay(root);
        } catch (LinuxException e) {
            String remedy = e.is(Errno.EPERM)
                    ? "run as root, with CAP_SYS_ADMIN"
                    : "set SLIPWAY_HOME to a directory on ext4, xfs or tmpfs: a volume, not the container's own overlay";
            throw new MachineException(
                    new Problem(place.toString(), "cannot mount an overlay", String.valueOf(e.getMessage()), remedy),
                    e);
        } finally {
            Mounts.changeDirectory(Path.of("/"));
        }
    }

    private static void mount(Path root, String options, long flags) {
        if (flags != 0) {
            Mounts.mount("overlay", root, "overlay", flags, options);
            return;
        }
        try {
            Mounts.mount("overlay", root, "overlay", flags, options + VOLATILE);
        } catch (LinuxException e) {
            if (!e.is(Errno.EINVAL)) {
                throw e;
            }
            Mounts.mount("overlay", root, "overlay", flags, options);
        }
    }

    /** The mount would end with the thread, but a little later than the caller goes on. */
    @Override
    public void close() {
        try {
            Mounts.unmount(root);
        } catch (LinuxException e) {
            if (!e.is(Errno.EBUSY)) {
                throw e;
            }
            Mounts.detach(root);
        }
    }

    static Path directory(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path, e);
        }
    }

    private static void symlink(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + link, e);
        }
    }
}
