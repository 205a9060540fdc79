package dev.slipway.engine.snapshot;

import dev.slipway.foundation.error.CancelledException;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.Errno;
import dev.slipway.foundation.linux.LinuxException;
import dev.slipway.foundation.linux.Mounts;
import dev.slipway.foundation.linux.TreeRemoval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Views by overlay mounts. Each call has a platform thread of its own with a mount namespace of its own: the mounts end
 * with the thread, however it ends, and the processes it starts see them.
 */
public final class OverlaySnapshotter implements Snapshotter {
    /** With these, the upper directory is a plain difference: no redirects, no files without content. */
    private static final String OPTIONS = "redirect_dir=off,metacopy=off,index=off";

    private final Workspace workspace;

    private OverlaySnapshotter(Workspace workspace) {
        this.workspace = workspace;
    }

    public static OverlaySnapshotter open(Workspace workspace) {
        return new OverlaySnapshotter(workspace);
    }

    @Override
    public <T> Written<T> write(Tree base, List<Tree> sources, WriteWork<T> work) {
        Path place = workspace.newDirectory("layer");
        FutureTask<Written<T>> task = new FutureTask<>(() -> {
            Mounts.leaveMountNamespace();
            Path root = mountWritable(place, base);
            List<Path> roots = new ArrayList<>();
            for (Tree source : sources) {
                roots.add(mountReadOnly(place, "source" + roots.size(), source));
            }
            T value = work.in(root, roots);
            return new Written<>(place.resolve("upper"), value);
        });
        Thread thread = Thread.ofPlatform().name("snapshot").start(task);
        boolean done = false;
        try {
            Written<T> written = result(thread, task);
            done = true;
            return written;
        } finally {
            if (!done) {
                TreeRemoval.remove(place);
            }
        }
    }

    /** Waits for the end of the thread, not only of its work: its mounts go with it. */
    private static <T> T result(Thread thread, FutureTask<T> task) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        try {
            T value = task.get();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return value;
        } catch (InterruptedException e) {
            throw new CancelledException(Problem.of("interrupted"), e);
        } catch (ExecutionException e) {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw unwrapped(e);
        }
    }

    /** What the work has thrown, as it was thrown. */
    private static RuntimeException unwrapped(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof LinuxException e && e.is(Errno.ENOSPC, Errno.EDQUOT)) {
            return new MachineException(
                    Problem.of("the disk is full", String.valueOf(e.getMessage()))
                            .remedy("free space where the state directory is, or set SLIPWAY_HOME to another disk"),
                    e);
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(failure);
    }

    private static Path mountWritable(Path place, Tree tree) {
        Path root = directory(place.resolve("root"));
        RootAttributes.copy(tree, directory(place.resolve("upper")));
        directory(place.resolve("work"));
        String lower = lowerNames(place, "base", tree);
        mount(place, root, "lowerdir=" + lower + ",upperdir=upper,workdir=work," + OPTIONS, 0);
        return root;
    }

    private static Path mountReadOnly(Path place, String name, Tree tree) {
        Path root = directory(place.resolve(name));
        // An overlay without an upper directory has at least two lower ones.
        directory(place.resolve("none"));
        mount(place, root, "lowerdir=none:" + lowerNames(place, name, tree) + "," + OPTIONS, Mounts.MS_RDONLY);
        return root;
    }

    /**
     * The lower directories, topmost first, as short names relative to the place, so that hundreds of layers fit into the
     * one page that mount options have. An empty tree is an empty directory.
     */
    private static String lowerNames(Path place, String prefix, Tree tree) {
        Path links = directory(place.resolve(prefix + "-layers"));
        StringBuilder names = new StringBuilder();
        try {
            if (tree.layers().isEmpty()) {
                directory(links.resolve("0"));
            }
            for (int i = 0; i < tree.layers().size(); i++) {
                Files.createSymbolicLink(
                        links.resolve(Integer.toString(i, Character.MAX_RADIX)),
                        tree.layers().get(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot name the layers in " + links, e);
        }
        for (int i = Math.max(tree.layers().size(), 1) - 1; i >= 0; i--) {
            names.append(prefix)
                    .append("-layers/")
                    .append(Integer.toString(i, Character.MAX_RADIX))
                    .append(i == 0 ? "" : ":");
        }
        return names.toString();
    }

    private static void mount(Path place, Path root, String options, long flags) {
        Mounts.changeDirectory(place);
        try {
            Mounts.mount("overlay", root, "overlay", flags, options);
        } catch (LinuxException e) {
            String remedy = e.is(Errno.EINVAL)
                    ? "the state directory must not itself lie on an overlay: set SLIPWAY_HOME to a volume"
                    : "run as root in a container that may mount, and keep SLIPWAY_HOME on ext4, xfs or tmpfs";
            throw new MachineException(
                    new Problem(place.toString(), "cannot mount an overlay", String.valueOf(e.getMessage()), remedy),
                    e);
        } finally {
            Mounts.changeDirectory(Path.of("/"));
        }
    }

    private static Path directory(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path, e);
        }
    }
}
